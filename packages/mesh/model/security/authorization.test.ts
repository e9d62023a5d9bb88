import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const workloads = [namespace('shop', 'enabled'), deployment('a')];

function policy(name: string, spec: string): string {
  return istio('AuthorizationPolicy', name, spec);
}

function policiesOf(...texts: string[]) {
  return workloadOf(meshOf(...texts, ...workloads), 'a').policies;
}

const forApp = (app: string) => `  selector: { matchLabels: { app: ${app} } }\n  rules: [{}]`;

describe('Which AuthorizationPolicies hold', () => {
  test('When several stand in several places, then those that select the pod hold, the root namespace first', () => {
    const held = policiesOf(
      policy('z', '  {}'),
      policy('b', forApp('a')),
      policy('c', forApp('b')),
      policy('d.other', '  {}'),
      policy('y.istio-system', '  {}'),
      policy('x.istio-system', forApp('a')),
      policy('w.istio-system', forApp('b')),
    );
    expect(held.map(({ namespace: place, name }) => `${place}/${name}`)).toEqual([
      'istio-system/x',
      'istio-system/y',
      'shop/b',
      'shop/z',
    ]);
  });

  test('When one says nothing, then it is an ALLOW that allows nothing, and says where it stands', () => {
    expect(policiesOf(policy('deny-all', '  {}'))).toEqual([
      {
        name: 'deny-all',
        namespace: 'shop',
        action: 'ALLOW',
        rules: [],
        because: { object: 'AuthorizationPolicy shop/deny-all', file: 'my.yaml', line: 1 },
      },
    ]);
  });

  test('When rules are written, then each has what it asks, nothing else, and a line of its own', () => {
    const rules = `  action: DENY
  rules:
    - from: [{ source: { serviceAccounts: [b], notNamespaces: [] } }, { source: { namespaces: [x] } }]
      to: [{ operation: { ports: ["8080"] } }]
    - when: [{ key: "request.headers[x-a]", values: [one] }]
    - {}
`;
    const [held] = policiesOf(policy('p', rules));
    expect(held?.action).toBe('DENY');
    expect(held?.rules.map(({ because: { line }, ...rest }) => ({ ...rest, line }))).toEqual([
      {
        from: [{ serviceAccounts: ['b'] }, { namespaces: ['x'] }],
        to: [{ ports: ['8080'] }],
        when: [],
        line: 7,
      },
      { from: [], to: [], when: [{ key: 'request.headers[x-a]', values: ['one'], notValues: [] }], line: 9 },
      { from: [], to: [], when: [], line: 10 },
    ]);
  });

  const addressed = (action: string, ...sources: string[]) => {
    const from = sources.map((source) => `{ source: { ${source} } }`).join(', ');
    const [held] = policiesOf(policy('p', `  action: ${action}\n  rules:\n    - from: [${from}]`));
    return held?.rules.map(({ from: kept }) => kept);
  };

  test.each(['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'])(
    'When an ALLOW knows a source by %s, then nobody is it, whatever else it asks',
    (field) => {
      const blocks = `${field}: [10.0.0.0/8]`;
      expect(addressed('ALLOW', blocks)).toEqual([]);
      expect(addressed('ALLOW', `${blocks}, serviceAccounts: [b]`)).toEqual([]);
      expect(addressed('ALLOW', blocks, 'serviceAccounts: [b]')).toEqual([[{ serviceAccounts: ['b'] }]]);
      expect(addressed('ALLOW', `${field}: [], serviceAccounts: [b]`)).toEqual([[{ serviceAccounts: ['b'] }]]);
    },
  );

  test('When a DENY knows a source by its address, then what else it asks is enough', () => {
    expect(addressed('DENY', 'ipBlocks: [10.0.0.0/8]')).toEqual([[{}]]);
    expect(addressed('DENY', 'notIpBlocks: [10.0.0.0/8], serviceAccounts: [b]')).toEqual([
      [{ serviceAccounts: ['b'] }],
    ]);
  });

  test('When an ALLOW has a rule for addresses and another one, then the other holds, at its own line', () => {
    const rules =
      '  rules:\n    - from: [{ source: { ipBlocks: [10.0.0.0/8] } }]\n    - to: [{ operation: { ports: ["80"] } }]';
    const [held] = policiesOf(policy('p', rules));
    expect(held?.rules).toMatchObject([{ from: [], to: [{ ports: ['80'] }], because: { line: 7 } }]);
  });
});
