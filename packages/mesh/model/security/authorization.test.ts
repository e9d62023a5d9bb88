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

describe('Which AuthorizationPolicies apply', () => {
  test('When there are several in several namespaces, then those that select the pod apply, the root namespace’s first', () => {
    const applied = policiesOf(
      policy('z', '  {}'),
      policy('b', forApp('a')),
      policy('c', forApp('b')),
      policy('d.other', '  {}'),
      policy('y.istio-system', '  {}'),
      policy('x.istio-system', forApp('a')),
      policy('w.istio-system', forApp('b')),
    );
    expect(applied.map(({ namespace: place, name }) => `${place}/${name}`)).toEqual([
      'istio-system/x',
      'istio-system/y',
      'shop/b',
      'shop/z',
    ]);
  });

  test('When one is empty, then it is an ALLOW that allows nothing, with its file and line', () => {
    expect(policiesOf(policy('deny-all', '  {}'))).toEqual([
      {
        name: 'deny-all',
        namespace: 'shop',
        dryRun: false,
        action: 'ALLOW',
        rules: [],
        because: { object: 'AuthorizationPolicy shop/deny-all', file: 'my.yaml', line: 1 },
      },
    ]);
  });

  test.each([
    ['true', true],
    ['T', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('When its annotation istio.io/dry-run is %s, then it is only tried: %s', (value, dryRun) => {
    const annotated = policy('p', '  {}').replace(
      'name: "p"',
      `name: p, annotations: { istio.io/dry-run: "${value}" }`,
    );
    expect(policiesOf(annotated)).toMatchObject([{ dryRun }]);
  });

  test('When there are rules, then each has only the written fields, and its own line', () => {
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
    'When a source of an ALLOW has %s, then it matches no caller, whatever its other fields are',
    (field) => {
      const blocks = `${field}: [10.0.0.0/8]`;
      expect(addressed('ALLOW', blocks)).toEqual([]);
      expect(addressed('ALLOW', `${blocks}, serviceAccounts: [b]`)).toEqual([]);
      expect(addressed('ALLOW', blocks, 'serviceAccounts: [b]')).toEqual([[{ serviceAccounts: ['b'] }]]);
      expect(addressed('ALLOW', `${field}: [], serviceAccounts: [b]`)).toEqual([[{ serviceAccounts: ['b'] }]]);
    },
  );

  test('When a source of a DENY has an address, then only its other fields count', () => {
    expect(addressed('DENY', 'ipBlocks: [10.0.0.0/8]')).toEqual([[{}]]);
    expect(addressed('DENY', 'notIpBlocks: [10.0.0.0/8], serviceAccounts: [b]')).toEqual([
      [{ serviceAccounts: ['b'] }],
    ]);
  });

  test('When an ALLOW has a rule for addresses and another one, then the other is kept, with its own line', () => {
    const rules =
      '  rules:\n    - from: [{ source: { ipBlocks: [10.0.0.0/8] } }]\n    - to: [{ operation: { ports: ["80"] } }]';
    const [held] = policiesOf(policy('p', rules));
    expect(held?.rules).toMatchObject([{ from: [], to: [{ ports: ['80'] }], because: { line: 7 } }]);
  });
});
