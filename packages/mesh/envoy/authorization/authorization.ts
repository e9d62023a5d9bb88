import { compare } from '../../manifests/compare.ts';
import { defined } from '../../model/defined.ts';
import type { Policy } from '../../model/security/policy.ts';
import type { Extension } from '../protobuf.ts';
import { type Scope, rbacPolicy } from './rule.ts';

// A policy without rules matches no request: an ALLOW of this kind allows nothing.
const NEVER = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };

/**
 * The configurations of the RBAC filters for a workload's policies: one for DENY, then one for ALLOW, each only if there is
 * a policy with this action. An ALLOW filter without any rule that can match stays: it allows nothing. Policies that only
 * try are shadow rules: Envoy counts what they would deny, and denies nothing by them.
 * Source: istio.io/istio pilot/pkg/security/authz/builder/builder.go.
 */
export function authorization(policies: readonly Policy[], scope: Scope): object[] {
  return (['DENY', 'ALLOW'] as const).flatMap((action) => {
    const [tried, enforced] = [true, false].map((dryRun) =>
      policies.filter((policy) => policy.action === action && policy.dryRun === dryRun),
    );
    const rules = rbacRules(enforced ?? [], action, scope);
    const shadow = rbacRules(tried ?? [], action, scope);
    if (rules === undefined && shadow === undefined) return [];
    const prefix = `istio_dry_run_${action === 'DENY' && shadow !== undefined ? 'deny' : 'allow'}_`;
    return [{ ...defined({ rules, shadow_rules: shadow }), shadow_rules_stat_prefix: prefix }];
  });
}

function rbacRules(policies: readonly Policy[], action: Policy['action'], scope: Scope): object | undefined {
  if (policies.length === 0) return undefined;
  const named = policies.flatMap((policy) => rulesOf(policy, scope)).sort(([a], [b]) => compare(a, b));
  return {
    ...(action === 'DENY' && { action }),
    ...(named.length > 0 && { policies: Object.fromEntries(named) }),
  };
}

function rulesOf(policy: Policy, scope: Scope): [string, object][] {
  const name = (index: number) => `ns[${policy.namespace}]-policy[${policy.name}]-rule[${index}]`;
  if (policy.rules.length === 0) return [[name(0), NEVER]];
  return policy.rules.flatMap((rule, index): [string, object][] => {
    const translated = rbacPolicy(rule, policy, scope);
    return translated === undefined ? [] : [[name(index), translated]];
  });
}

/** The RBAC filters of an HTTP port; a request that they do not allow gets 403 `RBAC: access denied`. */
export function httpRbacFilters(policies: readonly Policy[], scope: Omit<Scope, 'protocol'>): Extension[] {
  return authorization(policies, { protocol: 'http', ...scope }).map((rules) => ({
    name: 'envoy.filters.http.rbac',
    typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC', ...rules },
  }));
}

/** The RBAC filters of a TCP port; a connection that they do not allow is closed. */
export function networkRbacFilters(policies: readonly Policy[], scope: Omit<Scope, 'protocol'>): Extension[] {
  return authorization(policies, { protocol: 'tcp', ...scope }).map((rules) => ({
    name: 'envoy.filters.network.rbac',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC',
      ...rules,
      stat_prefix: 'tcp.',
    },
  }));
}
