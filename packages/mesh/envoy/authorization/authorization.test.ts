import { describe, expect, test } from '@jest/globals';
import { BY_DEFAULT as because } from '../../model/because.ts';
import type { Policy, PolicyRule } from '../../model/security/policy.ts';
import { authorization } from './authorization.ts';
import type { Scope } from './rule.ts';

const HTTP: Scope = { protocol: 'http', ports: (port) => port, trustDomain: 'cluster.local' };
const TCP: Scope = { ...HTTP, protocol: 'tcp' };

function policy(action: Policy['action'], ...rules: Partial<PolicyRule>[]): Policy {
  const whole = rules.map((rule) => ({ from: [], to: [], when: [], because, ...rule }));
  return { name: 'p', namespace: 'shop', action, dryRun: false, rules: whole, because };
}

/** The rules of the RBAC filters for these policies. */
function rulesOf(scope: Scope, ...policies: Policy[]): object[] {
  return authorization(policies, scope).map((filter) => (filter as { rules: object }).rules);
}

const ANY = {
  permissions: [{ and_rules: { rules: [{ any: true }] } }],
  principals: [{ and_ids: { ids: [{ any: true }] } }],
};
const NEVER = { permissions: [{ not_rule: { any: true } }], principals: [{ not_id: { any: true } }] };
const RULE = 'ns[shop]-policy[p]-rule[0]';

describe('authorization', () => {
  test('When there is no policy, then there is no filter', () => {
    expect(rulesOf(HTTP)).toEqual([]);
  });

  test('When an ALLOW policy has no rules, then it allows nothing', () => {
    expect(rulesOf(HTTP, policy('ALLOW'))).toEqual([{ policies: { [RULE]: NEVER } }]);
  });

  test('When a rule has no conditions, then it matches every request', () => {
    expect(rulesOf(TCP, policy('ALLOW', {}))).toEqual([{ policies: { [RULE]: ANY } }]);
  });

  test('When policies have both actions, then the filter for DENY is first, whatever their order', () => {
    const [first, second] = rulesOf(HTTP, policy('ALLOW', {}), policy('DENY', {}));
    expect(first).toMatchObject({ action: 'DENY' });
    expect(second).not.toHaveProperty('action');
  });

  test('When an ALLOW on a TCP port has only HTTP conditions, then its filter stays and allows nothing', () => {
    const byMethod = policy('ALLOW', { to: [{ methods: ['GET'] }] });
    expect(rulesOf(TCP, byMethod)).toEqual([{}]);
    expect(rulesOf(HTTP, byMethod)).not.toEqual([{}]);
  });

  test('When a DENY on a TCP port has HTTP conditions, then it denies without them', () => {
    const byMethod = policy('DENY', { to: [{ methods: ['GET'] }] });
    expect(rulesOf(TCP, byMethod)).toEqual([{ action: 'DENY', policies: { [RULE]: ANY } }]);
  });

  test('When a condition is unknown in this mesh, then an ALLOW allows nothing and a DENY ignores the condition', () => {
    const when = [{ key: 'experimental.envoy.filters.a[b]', values: ['x'], notValues: [] }];
    expect(rulesOf(HTTP, policy('ALLOW', { when }))).toEqual([{}]);
    expect(rulesOf(HTTP, policy('DENY', { when }))).toEqual([{ action: 'DENY', policies: { [RULE]: ANY } }]);
  });

  test('When a policy is only tried, then it is a shadow rule, beside the rules that are in force', () => {
    const deny = { action: 'DENY', policies: { [RULE]: ANY } };
    const tried = { ...policy('DENY', {}), dryRun: true };
    expect(authorization([tried], HTTP)).toEqual([
      { shadow_rules: deny, shadow_rules_stat_prefix: 'istio_dry_run_deny_' },
    ]);
    expect(authorization([tried, { ...policy('DENY', {}), name: 'q' }], HTTP)).toEqual([
      {
        rules: { action: 'DENY', policies: { 'ns[shop]-policy[q]-rule[0]': ANY } },
        shadow_rules: deny,
        shadow_rules_stat_prefix: 'istio_dry_run_deny_',
      },
    ]);
    expect(authorization([{ ...policy('ALLOW'), dryRun: true }], HTTP)).toEqual([
      { shadow_rules: { policies: { [RULE]: NEVER } }, shadow_rules_stat_prefix: 'istio_dry_run_allow_' },
    ]);
  });

  test.each([
    ['cluster.local/ns/shop/sa/a', { exact: 'spiffe://example.org/ns/shop/sa/a' }],
    ['exam*/ns/shop/sa/a', { exact: 'spiffe://example.org/ns/shop/sa/a' }],
    ['other.org/ns/shop/sa/a', { exact: 'spiffe://other.org/ns/shop/sa/a' }],
    ['*.org/ns/shop/sa/a', { safe_regex: { regex: 'spiffe://.*\\.org/ns/shop/sa/a' } }],
    ['*.com/ns/shop/sa/a', { safe_regex: { regex: 'spiffe://.*\\.com/ns/shop/sa/a' } }],
    ['*/ns/shop/sa/a', { safe_regex: { regex: 'spiffe://.*/ns/shop/sa/a' } }],
    ['cluster.local/*', { prefix: 'spiffe://cluster.local/' }],
  ])("When the mesh's trust domain is example.org, then the principal %s is %j", (principal, name) => {
    const scope = { ...HTTP, trustDomain: 'example.org' };
    const whole = policy('ALLOW', {
      from: [{ principals: [principal] }],
      when: [{ key: 'source.principal', values: [principal], notValues: [] }],
    });
    const [rules] = rulesOf(scope, whole);
    const ids = { or_ids: { ids: [{ authenticated: { principal_name: name } }] } };
    expect(rules).toMatchObject({ policies: { [RULE]: { principals: [{ and_ids: { ids: [ids, ids] } }] } } });
  });

  test('When a proxy listens on other ports, then its policies have those ports', () => {
    const byPort = policy('ALLOW', { to: [{ ports: ['8080'], notPorts: ['9090'] }] });
    const [rules] = rulesOf({ ...TCP, ports: (port) => port + 20_000 }, byPort);
    expect(JSON.stringify(rules).match(/"destination_port":\d+/g)).toEqual([
      '"destination_port":28080',
      '"destination_port":29090',
    ]);
  });
});
