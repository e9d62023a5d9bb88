import type { Condition, Policy, PolicyRule } from '../../model/security/policy.ts';
import { type Attribute, attribute, headerMatch, isUsed, tokenAttribute } from './attribute.ts';
import { tokenMatch } from './claims.ts';
import { operationAttributes, portMatch, sniMatch } from './permissions.ts';
import { accountMatch, namespaceMatch, type Origin, principalMatch, sourceAttributes } from './principals.ts';

/** The port to which a rule applies. */
export interface Scope {
  protocol: 'http' | 'tcp';
  /** The port on which Envoy listens in place of a container's port. */
  ports(containerPort: number): number;
  trustDomain: string;
}

/**
 * One rule as an Envoy RBAC policy; undefined for a rule that can never match.
 *
 * On a TCP port there are no HTTP attributes. Then Istio allows less and denies more: an ALLOW rule with such an attribute
 * allows nothing; a DENY rule ignores the attribute.
 * Source: istio.io/istio pilot/pkg/security/authz/model/model.go, generatePermission and generatePrincipal.
 */
export function rbacPolicy(rule: PolicyRule, policy: Policy, scope: Scope): object | undefined {
  const { protocol, ports, trustDomain } = scope;
  const origin = { namespace: policy.namespace, trustDomain };
  const when = sortConditions(rule.when, origin, ports);
  const operations = rule.to.length === 0 ? [{}] : rule.to;
  const sources = rule.from.length === 0 ? [{}] : rule.from;
  const permissions = operations.map((one) => [...operationAttributes(one, ports), ...when.permissions]);
  const principals = sources.map((one) => [...sourceAttributes(one, origin), ...when.principals]);

  const isKnown = ({ known }: Attribute) => known === 'always' || known === protocol;
  const needsUnknown = [...permissions, ...principals].flat().some((one) => isUsed(one) && !isKnown(one));
  if (needsUnknown && policy.action === 'ALLOW') return undefined;
  return {
    permissions: permissions.map((all) => ({ and_rules: { rules: matchesOf(all.filter(isKnown), PERMISSIONS) } })),
    principals: principals.map((all) => ({ and_ids: { ids: matchesOf(all.filter(isKnown), PRINCIPALS) } })),
  };
}

/** Envoy has different words for "or" and "not" in permissions (what is done) and in principals (who does it). */
interface Words {
  anyOf(matches: object[]): object;
  not(match: object): object;
}

const PERMISSIONS: Words = { anyOf: (rules) => ({ or_rules: { rules } }), not: (rule) => ({ not_rule: rule }) };
const PRINCIPALS: Words = { anyOf: (ids) => ({ or_ids: { ids } }), not: (id) => ({ not_id: id }) };

function matchesOf(attributes: Attribute[], { anyOf, not }: Words): object[] {
  const matches = attributes.flatMap(({ values, notValues, matchAny }) => [
    ...(values.length > 0 ? [matchAny(values, anyOf)] : []),
    ...(notValues.length > 0 ? [not(matchAny(notValues, anyOf))] : []),
  ]);
  return matches.length === 0 ? [{ any: true }] : matches;
}

/** Divides a rule's `when` as Envoy does. An unknown key becomes an attribute that Envoy never has. */
function sortConditions(conditions: readonly Condition[], origin: Origin, port: Scope['ports']) {
  const permissions: Attribute[] = [];
  const principals: Attribute[] = [];
  for (const { key, values, notValues } of conditions) {
    const both: [string[], string[]] = [values, notValues];
    const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
    if (header !== undefined) principals.push(attribute(both, (value) => headerMatch(header, value), 'http'));
    else if (key.startsWith('request.auth.')) principals.push(tokenAttribute(both, tokenMatch(key)));
    else if (key === 'source.principal') principals.push(attribute(both, (value) => principalMatch(value, origin)));
    else if (key === 'source.namespace') principals.push(attribute(both, namespaceMatch));
    else if (key === 'source.serviceAccount') principals.push(attribute(both, (value) => accountMatch(value, origin)));
    else if (key === 'destination.port') permissions.push(attribute(both, (value) => portMatch(value, port)));
    else if (key === 'connection.sni') permissions.push(attribute(both, sniMatch));
    else permissions.push(attribute(both, () => ({}), 'never'));
  }
  return { permissions, principals };
}
