import { describe, expect, test } from '@jest/globals';
import type { Cluster } from './traffic-policy.ts';
import { deployment, istio, namespace, service } from '../../../../test/support/mesh/objects.ts';
import { meshOf, workloadOf } from '../../../../test/support/mesh/small-mesh.ts';

const b = service('b', {
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'tcp', port: 5432 },
  ],
});
const workloads = [namespace('shop', 'enabled'), deployment('a'), b];

function rule(name: string, spec: string): string {
  return istio('DestinationRule', name, spec.replaceAll(/^/gm, '  '));
}

function clusters(...texts: string[]): Cluster[] {
  const mesh = meshOf(...texts, ...workloads);
  return mesh.clustersOf(workloadOf(mesh, 'a'));
}

function policyOf(port: number, subset: string, ...texts: string[]) {
  return clusters(...texts).find((one) => one.port === port && one.subset === subset)?.policy;
}

const strict = (name: string) => istio('PeerAuthentication', name, '  mtls: { mode: STRICT }');
const least = (count: number) => `trafficPolicy: { connectionPool: { tcp: { maxConnections: ${count} } } }`;
const most = (count: number) => ({ connectionPool: { tcp: { maxConnections: count } } });

describe('Clusters of a caller', () => {
  test('When there is no rule, then there is one for each port of each Service, because of the Service', () => {
    expect(
      clusters().map(({ port, subset, labels, policy, because }) => [port, subset, labels, policy, because.object]),
    ).toEqual([
      [80, '', {}, {}, 'Service shop/b'],
      [5432, '', {}, {}, 'Service shop/b'],
    ]);
  });

  test('When a rule has subsets, then there is one for each subset too, sorted, because of its own line', () => {
    const subsets =
      'host: b\nsubsets:\n  - { name: v2, labels: { version: v2 } }\n  - { name: v1, labels: { version: v1 } }';
    const seen = clusters(rule('b', subsets)).map(({ port, subset, labels, because }) => [
      port,
      subset,
      labels,
      because.line,
    ]);
    expect(seen).toEqual([
      [80, '', {}, 1],
      [80, 'v1', { version: 'v1' }, 8],
      [80, 'v2', { version: 'v2' }, 7],
      [5432, '', {}, 1],
      [5432, 'v1', { version: 'v1' }, 8],
      [5432, 'v2', { version: 'v2' }, 7],
    ]);
  });
});

describe('Which DestinationRule applies', () => {
  const inRoot = rule('r.istio-system', `host: b.shop.svc.cluster.local\n${least(1)}`);
  const wide = rule('wide', `host: "*.local"\n${least(2)}`);
  const narrow = rule('zz', `host: b\n${least(3)}`);

  test.each([
    ['only the root namespace has one', [inRoot], 1],
    ['its own namespace has one with a wildcard', [inRoot, wide], 2],
    ['its own namespace has a more specific one too', [inRoot, wide, narrow], 3],
    ['another namespace has one', [rule('o.other', `host: b.shop.svc.cluster.local\n${least(4)}`), inRoot], 1],
    ['one is for another host', [rule('o', `host: c\n${least(4)}`), inRoot], 1],
  ])('When %s, then the expected one applies', (_, texts, count) => {
    expect(policyOf(80, '', ...texts)).toEqual(most(count));
  });

  test("When caller and Service are in two namespaces, then the caller's takes precedence over the Service's", () => {
    const apart = [namespace('away', 'enabled'), deployment('far', { namespace: 'away' }), ...workloads];
    const ofCaller = rule('o.away', `host: b.shop.svc.cluster.local\n${least(5)}`);
    const far = (...texts: string[]) => {
      const mesh = meshOf(...texts, ...apart);
      return mesh.clustersOf(workloadOf(mesh, 'far'))[0]?.policy;
    };
    expect(far(narrow, inRoot)).toEqual(most(3));
    expect(far(narrow, inRoot, ofCaller)).toEqual(most(5));
  });

  test('When the caller is in the root namespace, then its rules do not take precedence: they are for the whole mesh', () => {
    const root = [namespace('istio-system', 'enabled'), deployment('far', { namespace: 'istio-system' }), ...workloads];
    const far = (...texts: string[]) => {
      const mesh = meshOf(...texts, ...root);
      return mesh.clustersOf(workloadOf(mesh, 'far'))[0]?.policy;
    };
    expect(far(inRoot)).toEqual(most(1));
    expect(far(inRoot, narrow)).toEqual(most(3));
  });

  test('When two rules of a namespace have one host, then the first by name applies, and the second only adds', () => {
    const first = rule('k', 'host: b\nsubsets: [{ name: v1, labels: { version: v1 } }]');
    const second = rule(
      'l',
      `host: b\nsubsets: [{ name: v1, labels: { x: other } }, { name: v2, labels: {} }]\n${least(6)}`,
    );
    const third = rule('m', `host: b\n${least(7)}`);
    const at80 = clusters(third, second, first).filter(({ port }) => port === 80);
    expect(at80.map(({ subset, labels, policy }) => [subset, labels, policy])).toEqual([
      ['', {}, most(6)],
      ['v1', { version: 'v1' }, most(6)],
      ['v2', {}, most(6)],
    ]);
    expect(at80[0]?.because.object).toBe('DestinationRule shop/l');
  });
});

describe('Whether callers use mutual TLS', () => {
  const off = (name: string, selector = '') =>
    istio('PeerAuthentication', name, `${selector}  mtls: { mode: DISABLE }`);
  const mutual = rule('b', 'host: b\ntrafficPolicy: { tls: { mode: ISTIO_MUTUAL } }');

  test.each<[string, string[], string | undefined]>([
    ['there is no PeerAuthentication', [], undefined],
    ['the namespace of the Service says DISABLE', [off('x')], 'DISABLE'],
    ['the mesh says DISABLE', [off('x.istio-system')], 'DISABLE'],
    ['the mesh says DISABLE, the namespace STRICT', [off('x.istio-system'), strict('x')], undefined],
    ['another namespace says DISABLE', [off('x.other')], undefined],
    ['only its workloads say DISABLE', [off('x', '  selector: { matchLabels: { app: b } }\n')], undefined],
    ['the namespace says DISABLE, a rule ISTIO_MUTUAL', [off('x'), mutual], 'ISTIO_MUTUAL'],
  ])('When %s, then tls is the expected mode', (_, texts, mode) => {
    expect(policyOf(80, '', ...texts)?.tls).toBe(mode);
  });
});

describe('The merged policy', () => {
  const layered = rule(
    'b',
    `host: b
trafficPolicy:
  tls: { mode: DISABLE }
  connectionPool: { http: { maxRetries: 1 } }
  portLevelSettings: [{ port: { number: 5432 }, loadBalancer: { simple: RANDOM } }]
subsets:
  - name: v1
    trafficPolicy:
      connectionPool: { tcp: { maxConnections: 9 } }
      portLevelSettings: [{ port: { number: 5432 }, tls: { mode: SIMPLE } }]
  - { name: v2 }`,
  );

  test.each([
    [80, '', { tls: 'DISABLE', connectionPool: { http: { maxRetries: 1 } } }],
    [80, 'v1', { tls: 'DISABLE', connectionPool: { tcp: { maxConnections: 9 } } }],
    [80, 'v2', { tls: 'DISABLE', connectionPool: { http: { maxRetries: 1 } } }],
    [5432, '', { loadBalancer: { simple: 'RANDOM' } }],
    [5432, 'v1', { tls: 'SIMPLE' }],
    [5432, 'v2', { loadBalancer: { simple: 'RANDOM' } }],
  ])('When subset and port override the rule, then for %s "%s" it is %o', (port, subset, expected) => {
    expect(policyOf(port, subset, layered)).toEqual(expected);
  });

  test('When times and limits are written, then all are kept, with times in milliseconds', () => {
    const full = `host: b
trafficPolicy:
  connectionPool:
    tcp: { maxConnections: 1, connectTimeout: 30ms, maxConnectionDuration: 1m }
    http: { http1MaxPendingRequests: 2, idleTimeout: 5s, h2UpgradePolicy: UPGRADE }
  outlierDetection: { consecutive5xxErrors: 3, interval: 1s, baseEjectionTime: 2s, maxEjectionPercent: 50 }
  loadBalancer: { consistentHash: { httpHeaderName: x-user, minimumRingSize: 64 } }`;
    expect(policyOf(80, '', rule('b', full))).toEqual({
      connectionPool: {
        tcp: { maxConnections: 1, connectTimeout: 30, maxConnectionDuration: 60_000 },
        http: { http1MaxPendingRequests: 2, idleTimeout: 5000, h2UpgradePolicy: 'UPGRADE' },
      },
      outlierDetection: { consecutive5xxErrors: 3, interval: 1000, baseEjectionTime: 2000, maxEjectionPercent: 50 },
      loadBalancer: { hash: { kind: 'header', name: 'x-user' }, minimumRingSize: 64 },
    });
  });
});
