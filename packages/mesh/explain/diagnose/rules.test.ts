import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf } from '../../../../test/support/mesh/small-mesh.ts';
import { diagnose } from './diagnose.ts';

const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'tcp', containerPort: 5432 },
];
const served = [
  { name: 'http', port: 80 },
  { name: 'tcp', port: 5432 },
];
const shop = [namespace('shop', 'enabled'), deployment('a', { ports }), service('a', { ports: served })];

describe('rules that are never used', () => {
  const to = 'route: [{ destination: { host: a } }]';
  const rules = (...all: string[]) =>
    diagnose(meshOf(...shop, istio('VirtualService', 'x', `  hosts: [a]\n  http: [{ ${all.join(' }, { ')} }]`))).map(
      ({ message }) => message,
    );

  test('When an earlier rule has no match, then no request reaches it', () => {
    expect(rules(`match: [{ uri: { prefix: /a } }], ${to}`, to)).toEqual([]);
    expect(rules(to, `match: [{ uri: { prefix: /a } }], ${to}`)).toEqual([
      'my.yaml:12: VirtualService x has a rule that is never used: an earlier one, without match, gets every request.',
    ]);
    expect(rules(to, to)).toHaveLength(1);
  });

  test('When earlier rules have all its matches, then no request reaches it', () => {
    const match = (...all: string[]) => `match: [${all.map((one) => `{ uri: { prefix: ${one} } }`).join(', ')}], ${to}`;
    expect(rules(match('/a', '/b'), match('/b'))).toEqual([
      expect.stringContaining('earlier ones have the same matches'),
    ]);
    const twice = 'my.yaml:12: VirtualService x has a match that is never used: the same one stands before it.';
    expect(rules(match('/a'), match('/a', '/b'))).toEqual([twice]);
    expect(rules(match('/a', '/b', '/a'))).toEqual([twice]);
    expect(rules(match('/a', '/b'), match('/c'))).toEqual([]);
  });
});

describe('a DENY of HTTP fields', () => {
  const deny = (rule: string, action = 'DENY') =>
    diagnose(meshOf(...shop, istio('AuthorizationPolicy', 'p', `  action: ${action}\n  rules: [${rule}]`))).map(
      ({ message }) => message,
    );
  const WHAT = 'AuthorizationPolicy p has a DENY rule of HTTP fields, which denies every connection';

  test('When it applies to a TCP port, then it denies every connection there', () => {
    const message = (whose = '') => `my.yaml:12: ${WHAT}${whose} to the TCP ports a:5432.`;
    expect(deny('{ to: [{ operation: { paths: [/admin] } }] }')).toEqual([message()]);
    expect(deny('{ when: [{ key: "request.headers[x-a]", values: [b] }] }')).toEqual([message()]);
    const from = 'from: [{ source: { namespaces: [away] } }]';
    expect(deny(`{ ${from}, to: [{ operation: { methods: [GET] } }] }`)).toEqual([
      message(' of the callers that it names'),
    ]);
  });

  test.each([
    ['{ to: [{ operation: { paths: [/admin], ports: ["8080"] } }] }', 'DENY'],
    ['{ from: [{ source: { namespaces: [away] } }] }', 'DENY'],
    ['{ to: [{ operation: { paths: [/admin] } }] }', 'ALLOW'],
    ['{}', 'DENY'],
  ])('When it is %s with action %s, then there is no warning', (rule, action) => {
    expect(deny(rule, action)).toEqual([]);
  });
});

test('When the name of a TCP port says UDP, then the warning says what a cluster does and how to name it', () => {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'udp-dns', port: 81 },
    { name: 'web', port: 82 },
    { name: 'http-x', port: 83, appProtocol: 'UDP' },
  ];
  const found = diagnose(meshOf(namespace('shop', 'enabled'), service('a', { ports })));
  expect(found.map(({ message }) => message)).toEqual([
    'my.yaml:3: Service a has port 81, whose name says UDP: sidecars in a cluster leave it aside, and calls to it are not part of the mesh; here they pass through the sidecars as TCP (name it tcp, or tcp-NAME).',
    'my.yaml:3: Service a has port 83, whose name says UDP: sidecars in a cluster leave it aside, and calls to it are not part of the mesh; here they pass through the sidecars as TCP (name it tcp, or tcp-NAME).',
  ]);
});
