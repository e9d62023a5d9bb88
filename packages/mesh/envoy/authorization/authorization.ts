import type { Policy } from '../../model/security/policy.ts';
import { compare } from '../../manifests/compare.ts';
import { rbacPolicy, type Scope } from './rule.ts';

/** The number on which Envoy sees a container's port. */
export type Ports = Scope['ports'];

const NEVER = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };

/**
 * The rules of the RBAC filters of one chain: DENY before ALLOW, and for each action only where a policy has it. An ALLOW
 * filter whose rules are all gone stays, and allows nothing.
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
