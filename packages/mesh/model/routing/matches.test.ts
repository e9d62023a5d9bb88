import { describe, expect, test } from '@jest/globals';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { hostsOf, meshOf, routeTargets } from '../../../../test/support/mesh/small-mesh.ts';

const A = 'a.shop.svc.cluster.local';
const ports = [
  { name: 'http', port: 80 },
  { name: 'http-admin', port: 81 },
];
const workloads = [
  namespace('shop', 'enabled'),
  namespace('away', 'enabled'),
  deployment('me', { labels: { tier: 'web' } }),
  deployment('you'),
  deployment('far', { namespace: 'away' }),
  service('a', { ports }),
  service('b', { ports }),
  service('c', { ports }),
];

/** A VirtualService for a, with a route to b that has this match, and a last route to c. */
function matching(match: string, last = '{ route: [{ destination: { host: c } }] }'): string {
  return istio(
    'VirtualService',
    'x',
    `  hosts: [a.shop.svc.cluster.local]\n  http:\n    - { match: ${match}, route: [{ destination: { host: b } }] }\n    - ${last}`,
  );
}

function routesOf(text: string, caller: string, port = 80): string[] {
  return routeTargets(hostsOf(meshOf(text, ...workloads), caller, port), A).map((way) => way.replace(/\..*/, ''));
}

describe('Which callers a match applies to', () => {
  test.each([
    ['[{ sourceLabels: { tier: web } }]', { me: 'b', you: 'c', far: 'c' }],
    ['[{ sourceNamespace: away }]', { me: 'c', you: 'c', far: 'b' }],
    ['[{ sourceNamespace: shop, sourceLabels: { app: you } }]', { me: 'c', you: 'b', far: 'c' }],
    ['[{ gateways: [mesh] }]', { me: 'b', you: 'b', far: 'b' }],
    ['[{ gateways: [gate] }]', { me: 'c', you: 'c', far: 'c' }],
    ['[{ gateways: [mesh], sourceNamespace: away }]', { me: 'b', you: 'b', far: 'b' }],
    ['[{ port: 80 }]', { me: 'b', you: 'b', far: 'b' }],
    ['[{ port: 81 }]', { me: 'c', you: 'c', far: 'c' }],
  ])('When it is %s, then on port 80 the first routes are %o', (match, expected) => {
    const found = Object.keys(expected).map((caller) => [caller, routesOf(matching(match), caller)[0]]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test('When it names a port, then it applies to that port', () => {
    expect(routesOf(matching('[{ port: 81 }]'), 'me', 81)).toEqual(['b']);
  });

  test('When two callers differ only in their labels, then each has its own routes', () => {
    const mesh = meshOf(matching('[{ sourceLabels: { tier: web } }]'), ...workloads);
    expect(['me', 'you', 'me'].map((caller) => routeTargets(hostsOf(mesh, caller), A)[0])).toEqual([
      'b.shop:80',
      'c.shop:80',
      'b.shop:80',
    ]);
  });
});

describe('Which route ends the list', () => {
  test.each([
    ['[{ uri: { prefix: / } }]', ['b']],
    ['[{ uri: { regex: ".*" } }]', ['b']],
    ['[{ name: all }]', ['b']],
    ['[{ uri: { prefix: / } }, { uri: { exact: /x } }]', ['b']],
    ['[{ uri: { exact: /x } }, { uri: { prefix: / } }]', ['b', 'b']],
    ['[{ uri: { prefix: /x } }]', ['b', 'c']],
    ['[{ uri: { prefix: / }, method: { exact: GET } }]', ['b', 'c']],
    ['[{ authority: { exact: x } }]', ['b', 'c']],
    ['[{ scheme: { exact: http } }]', ['b', 'c']],
    ['[{ headers: { x-a: { exact: b } } }]', ['b', 'c']],
    ['[{ withoutHeaders: { x-a: { exact: b } } }]', ['b', 'c']],
    ['[{ queryParams: { a: { exact: b } } }]', ['b', 'c']],
  ])('When the match is %s, then the routes are %j', (match, expected) => {
    expect(routesOf(matching(match), 'me')).toEqual(expected);
  });

  test('When a route matches every request, then routes after it are left out', () => {
    expect(
      routesOf(
        matching(
          '[{ uri: { prefix: /x } }]',
          '{ route: [{ destination: { host: c } }] }\n    - { route: [{ destination: { host: a } }] }',
        ),
        'me',
      ),
    ).toEqual(['b', 'c']);
  });
});

test('When a match has many fields, then all are kept, sorted by name', () => {
  const match = `[{ name: odd, uri: { prefix: /x }, ignoreUriCase: true, method: { exact: GET },
      headers: { x-b: { regex: "a+" }, x-a: {} }, withoutHeaders: { x-c: { prefix: q } }, queryParams: { d: { exact: "1" } } }]`;
  const [route] = hostsOf(meshOf(matching(match), ...workloads), 'me').find(({ fqdn }) => fqdn === A)?.routes ?? [];
  expect(route).toMatchObject({ name: '.odd', because: { object: 'VirtualService shop/x', line: 7 } });
  expect(route?.match).toEqual({
    uri: { prefix: '/x' },
    ignoreUriCase: true,
    method: { exact: 'GET' },
    headers: [
      ['x-a', undefined],
      ['x-b', { regex: 'a+' }],
    ],
    withoutHeaders: [['x-c', { prefix: 'q' }]],
    queryParams: [['d', { exact: '1' }]],
  });
});
