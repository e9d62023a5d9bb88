import type { Policy, PolicyRule } from '../../model/security/policy.ts';
import { isAsked, type Attribute } from './attribute.ts';
import { sortConditions } from './conditions.ts';
import { operationAttributes } from './permissions.ts';
import { sourceAttributes } from './principals.ts';

/** Where a rule is to hold. */
export interface Scope {
  protocol: 'http' | 'tcp';
  /** The number on which Envoy sees a container's port; the same as written where nothing is moved. */
  ports(containerPort: number): number;
}

/**
 * One rule as an Envoy RBAC policy; undefined where it can never hold.
 *
 * On a TCP port nothing of HTTP can be seen. Istio's treatment, safe on both sides: an ALLOW rule that asks about it
 * allows nothing, a DENY rule loses what it asks and denies more (istio.io/istio pilot/pkg/security/authz/model).
 */
export function rbacPolicy(rule: PolicyRule, policy: Policy, { protocol, ports }: Scope): object | undefined {
  const when = sortConditions(rule.when, { namespace: policy.namespace, port: ports });
  const operations = rule.to.length === 0 ? [{}] : rule.to;
  const sources = rule.from.length === 0 ? [{}] : rule.from;
  const permissions = operations.map((one) => [...operationAttributes(one, ports), ...when.permissions]);
  const principals = sources.map((one) => [...sourceAttributes(one, policy.namespace), ...when.principals]);

  const isSeen = ({ seen }: Attribute) => seen === 'always' || seen === protocol;
  const unseen = [...permissions, ...principals].flat().some((one) => isAsked(one) && !isSeen(one));
  if (unseen && policy.action === 'ALLOW') return undefined;
  return {
    permissions: permissions.map((asked) => ({ and_rules: { rules: all(asked.filter(isSeen), PERMISSIONS) } })),
    principals: principals.map((asked) => ({ and_ids: { ids: all(asked.filter(isSeen), PRINCIPALS) } })),
  };
}

/** Envoy writes "one of" and "not" differently on the two sides. */
interface Dialect {
  anyOf(matches: object[]): object;
  not(match: object): object;
}

const PERMISSIONS: Dialect = { anyOf: (rules) => ({ or_rules: { rules } }), not: (rule) => ({ not_rule: rule }) };
const PRINCIPALS: Dialect = { anyOf: (ids) => ({ or_ids: { ids } }), not: (id) => ({ not_id: id }) };

function all(attributes: Attribute[], { anyOf, not }: Dialect): object[] {
  const asked = attributes.flatMap(({ values, notValues, match }) => [
    ...(values.length > 0 ? [anyOf(values.map(match))] : []),
    ...(notValues.length > 0 ? [not(anyOf(notValues.map(match)))] : []),
  ]);
  return asked.length === 0 ? [{ any: true }] : asked;
}
