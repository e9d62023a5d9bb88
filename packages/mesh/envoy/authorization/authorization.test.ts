import { describe, expect, test } from '@jest/globals';
import { BY_DEFAULT as because } from '../../model/because.ts';
import type { Policy, PolicyRule } from '../../model/security/policy.ts';
import { authorization } from './authorization.ts';
import type { Scope } from './rule.ts';

const HTTP: Scope = { protocol: 'http', ports: (port) => port };
const TCP: Scope = { ...HTTP, protocol: 'tcp' };

function policy(action: Policy['action'], ...rules: Partial<PolicyRule>[]): Policy {
  const whole = rules.map((rule) => ({ from: [], to: [], when: [], because, ...rule }));
  return { name: 'p', namespace: 'shop', action, rules: whole, because };
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
    const when = [{ key: 'request.auth.claims[iss]', values: ['x'], notValues: [] }];
    expect(rulesOf(HTTP, policy('ALLOW', { when }))).toEqual([{}]);
    expect(rulesOf(HTTP, policy('DENY', { when }))).toEqual([{ action: 'DENY', policies: { [RULE]: ANY } }]);
  });

  test('When a proxy listens on other ports, then its policies have those ports', () => {
    const byPort = policy('ALLOW', { to: [{ ports: ['8080'], notPorts: ['9090'] }] });
    const [rules] = rulesOf({ protocol: 'tcp', ports: (port) => port + 20_000 }, byPort);
    expect(JSON.stringify(rules).match(/"destination_port":\d+/g)).toEqual([
      '"destination_port":28080',
      '"destination_port":29090',
    ]);
  });
});
