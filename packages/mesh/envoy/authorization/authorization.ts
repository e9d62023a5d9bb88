import { compare } from '../../manifests/compare.ts';
import type { Policy } from '../../model/security/policy.ts';
import type { Extension } from '../protobuf.ts';
import { type Scope, rbacPolicy } from './rule.ts';

// A policy without rules matches no request: an ALLOW of this kind allows nothing.
const NEVER = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };

/**
 * The configurations of the RBAC filters for a workload's policies: one for DENY, then one for ALLOW, each only if there is
 * a policy with this action. An ALLOW filter without any rule that can match stays: it allows nothing.
 * Source: istio.io/istio pilot/pkg/security/authz/builder/builder.go.
 */
export function authorization(policies: readonly Policy[], scope: Scope): object[] {
  return (['DENY', 'ALLOW'] as const).flatMap((action) => {
    const chosen = policies.filter((policy) => policy.action === action);
    if (chosen.length === 0) return [];
    const named = chosen.flatMap((policy) => rulesOf(policy, scope)).sort(([a], [b]) => compare(a, b));
    const rules = {
      ...(action === 'DENY' && { action }),
      ...(named.length > 0 && { policies: Object.fromEntries(named) }),
    };
    return [{ rules, shadow_rules_stat_prefix: 'istio_dry_run_allow_' }];
  });
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
export function httpRbacFilters(policies: readonly Policy[], ports: Scope['ports']): Extension[] {
  return authorization(policies, { protocol: 'http', ports }).map((rules) => ({
    name: 'envoy.filters.http.rbac',
    typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC', ...rules },
  }));
}

/** The RBAC filters of a TCP port; a connection that they do not allow is closed. */
export function networkRbacFilters(policies: readonly Policy[], ports: Scope['ports']): Extension[] {
  return authorization(policies, { protocol: 'tcp', ports }).map((rules) => ({
    name: 'envoy.filters.network.rbac',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC',
      ...rules,
      stat_prefix: 'tcp.',
    },
  }));
}
