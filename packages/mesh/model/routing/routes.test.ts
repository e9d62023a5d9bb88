import { describe, expect, test } from '@jest/globals';
import type { Forward, Route } from './route.ts';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { hostsOf, meshOf } from '../../../../test/support/mesh/small-mesh.ts';

const A = 'a.shop.svc.cluster.local';
const workloads = [namespace('shop', 'enabled'), deployment('me'), service('a'), service('b')];

function routeOf(http: string, ...more: string[]): Route {
  const text = istio('VirtualService', 'x', `  hosts: [a]\n  http:\n    - ${http}`);
  const mesh = meshOf(text, ...more, ...workloads);
  const route = hostsOf(mesh, 'me').find(({ fqdn }) => fqdn === A)?.routes[0];
  if (route === undefined) throw new Error('no route');
  return route;
}

function forwardOf(http: string, ...more: string[]): Forward {
  const { action } = routeOf(http, ...more);
  if (action.kind !== 'forward') throw new Error(`it is a ${action.kind}`);
  return action;
}

const toA = 'route: [{ destination: { host: a } }]';
const destination = { fqdn: A, port: 80, subset: '' };

describe('The forward action', () => {
  test('When a route has only a destination, then it has no timeout, no retries of its own and no fault', () => {
    expect(forwardOf(`{ ${toA} }`)).toEqual({
      kind: 'forward',
      destinations: [{ destination, weight: 0 }],
      weighted: false,
      mirrors: [],
      hashes: [],
    });
  });

  test('When one of several weights is 0, then that destination is left out, and the route is still weighted', () => {
    const { destinations, weighted } = forwardOf(
      '{ route: [{ destination: { host: a }, weight: 5 }, { destination: { host: b }, weight: 0 }] }',
    );
    expect([destinations, weighted]).toEqual([[{ destination, weight: 5 }], true]);
  });

  test.each<[string, Partial<Forward>]>([
    ['timeout: 1500ms', { timeoutMs: 1500 }],
    ['retries: { attempts: 0 }', { retries: { attempts: 0 } }],
    [
      'retries: { attempts: 2, perTryTimeout: 1s, retryOn: reset, backoff: 25ms, retryRemoteLocalities: true }',
      { retries: { attempts: 2, perTryTimeout: 1000, retryOn: 'reset', backoff: 25, retryRemoteLocalities: true } },
    ],
    ['fault: { delay: { fixedDelay: 1s } }', { fault: { delay: { milliseconds: 1000 } } }],
    [
      'fault: { delay: { fixedDelay: 1s, percentage: { value: 5 } }, abort: { httpStatus: 503, percentage: { value: 0.5 } } }',
      { fault: { delay: { milliseconds: 1000, percentage: 5 }, abort: { httpStatus: 503, percentage: 0.5 } } },
    ],
    ['fault: { abort: { httpStatus: 503 } }', { fault: { abort: { httpStatus: 503 } } }],
    ['rewrite: { uri: /x }', { rewrite: { uri: '/x' } }],
    ['rewrite: { authority: x.org }', { rewrite: { authority: 'x.org' } }],
    ['headers: { request: { set: { Host: x.org } } }', { rewrite: { authority: 'x.org' } }],
    ['headers: { request: { add: { host: x.org } } }', { rewrite: { authority: 'x.org' } }],
    [
      'rewrite: { authority: y.org }, headers: { request: { set: { Host: x.org } } }',
      { rewrite: { authority: 'y.org' } },
    ],
    ['mirror: { host: a }', { mirrors: [{ destination, percentage: 100 }] }],
    ['mirror: { host: a }, mirrorPercentage: { value: 3 }', { mirrors: [{ destination, percentage: 3 }] }],
    ['mirror: { host: a }, mirrorPercentage: { value: 0 }', { mirrors: [] }],
    [
      'mirrors: [{ destination: { host: a }, percentage: { value: 4 } }]',
      { mirrors: [{ destination, percentage: 4 }] },
    ],
  ])('When a route has "%s", then it is kept', (written, expected) => {
    expect(forwardOf(`{ ${toA}, ${written} }`)).toEqual({
      kind: 'forward',
      destinations: [{ destination, weight: 0 }],
      weighted: false,
      mirrors: [],
      hashes: [],
      ...expected,
    });
  });

  test('When headers are changed, then Host is not among them, and a destination has its own changes', () => {
    const route = routeOf(
      '{ headers: { request: { set: { host: x.org, x-a: "1" }, remove: [x-b] }, response: { add: { x-c: "2" } } }, route: [{ destination: { host: a }, headers: { request: { add: { ":authority": y.org } } } }] }',
    );
    const nothing = { set: {}, add: {}, remove: [] };
    expect(route.headers).toEqual({
      request: { set: { 'x-a': '1' }, add: {}, remove: ['x-b'] },
      response: { set: {}, add: { 'x-c': '2' }, remove: [] },
    });
    expect(route.action).toMatchObject({
      destinations: [{ headers: { request: nothing, response: nothing }, authority: 'y.org' }],
    });
  });
});

describe('The hash source of requests', () => {
  const rule = istio(
    'DestinationRule',
    'a',
    `  host: a
  trafficPolicy:
    loadBalancer: { consistentHash: { useSourceIp: true } }
    portLevelSettings: [{ port: { number: 80 }, loadBalancer: { consistentHash: { httpQueryParameterName: q } } }]
  subsets:
    - { name: v1 }
    - { name: v2, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x-a } } } }
    - { name: v3, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: c, path: /, ttl: 1s } } } } }`,
  );

  test.each([
    ['{ destination: { host: a } }', [{ kind: 'sourceIp' }]],
    ['{ destination: { host: a, port: { number: 80 } } }', [{ kind: 'query', name: 'q' }]],
    ['{ destination: { host: a, subset: v1 } }', [{ kind: 'sourceIp' }]],
    ['{ destination: { host: a, subset: v2 } }', [{ kind: 'header', name: 'x-a' }]],
    ['{ destination: { host: a, subset: v3 } }', [{ kind: 'cookie', name: 'c', path: '/', ttlMs: 1000 }]],
    [
      '{ destination: { host: a, subset: v2 }, weight: 1 }, { destination: { host: b }, weight: 1 }, { destination: { host: a }, weight: 1 }',
      [{ kind: 'header', name: 'x-a' }, { kind: 'sourceIp' }],
    ],
  ])('When the route is to %s, then it is %j', (destinations, expected) => {
    expect(forwardOf(`{ route: [${destinations}] }`, rule).hashes).toEqual(expected);
  });

  test('When there is no VirtualService, then it is that of the rule for the port', () => {
    const [host] = hostsOf(meshOf(rule, ...workloads), 'me');
    expect(host?.routes[0]?.action).toMatchObject({ hashes: [{ kind: 'query', name: 'q' }] });
  });
});

test.each([
  ['redirect: { uri: /x }', { kind: 'redirect', code: 301, uri: '/x' }],
  [
    'redirect: { authority: x.org, scheme: https, port: 443, redirectCode: 308 }',
    { kind: 'redirect', code: 308, authority: 'x.org', scheme: 'https' },
  ],
  ['redirect: { port: 80 }', { kind: 'redirect', code: 301 }],
  ['redirect: { scheme: https, port: 80 }', { kind: 'redirect', code: 301, scheme: 'https', port: 80 }],
  ['directResponse: { status: 204 }', { kind: 'respond', status: 204 }],
  ['directResponse: { status: 418, body: { string: tea } }', { kind: 'respond', status: 418, body: 'tea' }],
])('When a route has "%s", then the action is kept', (written, expected) => {
  expect(routeOf(`{ ${written} }`).action).toEqual(expected);
});
