import { describe, expect, test } from '@jest/globals';
import { CONFIG, resourcesOf, workloadOf } from '../../../test/support/mesh/small-mesh.ts';
import { deployment, istio, namespace, service } from '../../../test/support/mesh/objects.ts';
import { createMesh } from '../model/create-mesh.ts';
import type { Resource } from '../manifests/resource.ts';
import { JWKS } from '../testdata/jwks.ts';
import { podText } from './describe.ts';
import { podFacts, serviceFacts } from './facts.ts';

const shop = [
  namespace('shop', 'enabled'),
  deployment('a', { labels: { version: 'v1' } }),
  service('a'),
  deployment('b'),
  istio('PeerAuthentication', 'all.istio-system', '  mtls: { mode: PERMISSIVE }'),
  istio('PeerAuthentication', 'default', '  mtls: { mode: STRICT }'),
  istio('AuthorizationPolicy', 'deny-all', '  {}'),
  istio(
    'AuthorizationPolicy',
    'allow-a',
    '  selector: { matchLabels: { app: a } }\n  rules:\n    - from: [{ source: { serviceAccounts: [b] } }]\n      to: [{ operation: { methods: [GET], paths: [/x] } }]',
  ),
  istio(
    'DestinationRule',
    'a',
    '  host: a\n  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]',
  ),
  istio(
    'VirtualService',
    'a',
    '  hosts: [a]\n  http:\n    - timeout: 800ms\n      retries: { attempts: 2, perTryTimeout: 250ms }\n      route:\n        - { destination: { host: a, subset: v1 }, weight: 9 }\n        - { destination: { host: a, subset: v2 }, weight: 1 }',
  ),
];
const everything = resourcesOf(...shop);

function facts(resources: readonly Resource[]) {
  const mesh = createMesh(resources, CONFIG);
  return podFacts(mesh, workloadOf(mesh, 'a'));
}

const without = (kind: string, name: string) =>
  facts(everything.filter((one) => one.kind !== kind || one.metadata.name !== name));

test('When a pod is described, then each value has the object that decided it', () => {
  const { inbound, subsets, routes } = facts(everything);
  expect(inbound).toMatchObject({
    identity: 'spiffe://cluster.local/ns/shop/sa/a',
    ports: [{ port: 8080, protocol: 'http', mtls: { mode: 'STRICT', because: { file: 'my.yaml' } } }],
    callers: [{ action: 'ALLOW', who: 'b', what: 'GET /x', rule: 0 }],
    otherCallers: { allowed: false },
  });
  expect(subsets).toMatchObject([{ service: 'a', subset: 'v1' }]);
  expect(routes).toMatchObject([
    { from: 'every sidecar', host: 'a', subset: 'v1', share: 90, settings: 'timeout 800 ms, 2 retries of 250 ms' },
  ]);
});

test('When a policy is only tried, then its rules say so, and decide nothing', () => {
  const dryRun = (text: string) => text.replace('{ name: "', '{ annotations: { istio.io/dry-run: "true" }, name: "');
  const tried = resourcesOf(...shop.map((text) => (text.includes('AuthorizationPolicy') ? dryRun(text) : text)));
  const { inbound } = facts(tried);
  expect(inbound).toMatchObject({ callers: [{ who: 'b', dryRun: true }], otherCallers: { allowed: true } });
  expect(podText(facts(tried), Date.now())).toContain('dry run, allowed callers   b: GET /x');
});

test('When tokens are checked, then the issuer, the places and the line are named, and who must have one', () => {
  const checked = resourcesOf(
    ...shop,
    istio(
      'RequestAuthentication',
      'tokens',
      `  jwtRules:\n    - { issuer: shop.example.org, jwks: '${JWKS}', fromCookies: [session] }\n    - { issuer: other.example.org, jwks: '${JWKS}' }`,
    ),
    istio('AuthorizationPolicy', 'signed-in', '  rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }]'),
  );
  const text = podText(facts(checked), Date.now());
  expect(text).toMatch(
    /tokens of shop\.example\.org +401 if invalid, in cookie session .* shop\/tokens \(my\.yaml:\d+\)/,
  );
  expect(text).toMatch(
    /tokens of other\.example\.org +401 if invalid, in header Authorization after "Bearer ", parameter access_token/,
  );
  expect(text).toMatch(/allowed callers +with a token of anyone +AuthorizationPolicy shop\/signed-in/);
});

describe('When the deciding object is deleted, then another one is named', () => {
  const mtls = ({ inbound }: ReturnType<typeof facts>) => inbound.ports[0]?.mtls;
  const route = ({ routes }: ReturnType<typeof facts>) => routes[0]?.because.object;

  test('for the mTLS mode', () => {
    expect(mtls(facts(everything))?.because.object).toBe('PeerAuthentication shop/default');
    expect(mtls(without('PeerAuthentication', 'default'))).toMatchObject({
      mode: 'PERMISSIVE',
      because: { object: 'PeerAuthentication istio-system/all' },
    });
  });

  test('for other callers', () => {
    const others = (one: ReturnType<typeof facts>) => one.inbound.otherCallers?.because.object;
    expect(others(facts(everything))).toBe('AuthorizationPolicy shop/deny-all');
    expect(others(without('AuthorizationPolicy', 'deny-all'))).toBe('AuthorizationPolicy shop/allow-a');
    const none = facts(everything.filter(({ kind }) => kind !== 'AuthorizationPolicy')).inbound;
    expect([none.callers, none.otherCallers]).toMatchObject([
      [],
      { allowed: true, because: { object: "Istio's default" } },
    ]);
  });

  test('for a caller', () => {
    expect(facts(everything).inbound.callers.map(({ because }) => because.object)).toEqual([
      'AuthorizationPolicy shop/allow-a',
    ]);
    expect(without('AuthorizationPolicy', 'allow-a').inbound.callers).toEqual([]);
  });

  test('for a route, a subset and the proxy', () => {
    expect(route(facts(everything))).toBe('VirtualService shop/a');
    const bare = without('VirtualService', 'a');
    expect([route(bare), bare.routes[0]?.share]).toEqual(['no VirtualService, Service shop/a', 100]);
    expect(without('DestinationRule', 'a').subsets).toEqual([]);
    expect(without('Namespace', 'shop').inbound).toMatchObject({
      proxy: 'none',
      proxyBecause: { object: "Istio's default" },
      ports: [],
      otherCallers: undefined,
    });
  });
});

test('When a Service is described, then versions with the same rules are one entry', () => {
  const second = deployment('a', { labels: { version: 'v2' } }).replace('"name":"a"', '"name":"a2"');
  const mesh = createMesh(resourcesOf(...shop, second), CONFIG);
  const found = serviceFacts(
    mesh,
    mesh.services.find(({ name }) => name === 'a')!,
  );
  expect(found.inbound.map(({ workloads }) => workloads)).toEqual([['a', 'a2']]);
  expect(found.subsets.map(({ subset }) => subset)).toEqual(['v1', 'v2']);
  expect(found.routes.map(({ subset, share }) => [subset, share])).toEqual([
    ['v1', 90],
    ['v2', 10],
  ]);
});

test('When a pod’s Envoy refuses something, then its description says what and why', () => {
  const refused = [{ type: 'routes', name: '80', reason: 'no such thing' }];
  expect(podText({ ...facts(everything), refused }, 0)).toContain(
    '\nRefuses:  routes 80, and keeps what it had: no such thing\n',
  );
  expect(podText(facts(everything), 0)).not.toContain('Refuses');
});
