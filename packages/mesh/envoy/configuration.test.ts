import { describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import type { Mesh } from '../model/mesh.ts';
import { translate } from './configuration.ts';
import { assignments, type Endpoint } from './endpoints.ts';
import type { XdsResource } from './protobuf.ts';
import { meshFrom, meshOf, resourcesOf, testdata, workloadOf } from './testing/case.ts';
import { AS_WRITTEN } from './placement.ts';
import { moved } from './testing/placement.ts';

const WEIGHTS = testdata('weights.in.yaml');
const POLICY = testdata('policies-who.in.yaml');
const PROXIES = ['caller', 'hats-v1', 'store', 'entry'];

/** The parts of the proxies' configuration that differ between two meshes. */
function changed(before: Mesh, after: Mesh): string[] {
  const parts = PROXIES.flatMap((name) => {
    const [one, other] = [before, after].map((mesh) => translate(mesh, workloadOf(mesh, name), AS_WRITTEN));
    return (['listeners', 'clusters', 'routes'] as const).filter(
      (part) => JSON.stringify(one?.[part]) !== JSON.stringify(other?.[part]),
    );
  });
  return [...new Set(parts)];
}

function named(all: XdsResource[], name: string): XdsResource {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name} among ${all.map((one) => one.name).join(', ')}`);
  return found;
}

describe('What changes', () => {
  test('When nothing changes, then no byte changes', () => {
    expect(changed(meshOf(WEIGHTS, POLICY), meshOf(WEIGHTS, POLICY))).toEqual([]);
  });

  test('When objects are applied in another order, then no byte changes', () => {
    const [before, after] = [meshOf(WEIGHTS, POLICY), meshOf(POLICY, WEIGHTS)];
    expect(changed(before, after)).toEqual([]);
  });

  test('When a weight changes, then only routes change', () => {
    expect(changed(meshOf(WEIGHTS), meshOf(WEIGHTS.replace('weight: 90', 'weight: 50')))).toEqual(['routes']);
  });

  test('When a policy changes, then only listeners change', () => {
    expect(changed(meshOf(POLICY), meshOf(POLICY.replace('notNamespaces: [bad]', 'notNamespaces: [worse]')))).toEqual([
      'listeners',
    ]);
  });

  test('When an mTLS mode changes, then only listeners change (callers follow the endpoints)', () => {
    const modes = testdata('tls-modes.in.yaml');
    expect(changed(meshOf(modes), meshOf(modes.replace('STRICT', 'PERMISSIVE')))).toEqual(['listeners']);
  });

  test('When a limit changes, then only clusters change', () => {
    const limits = testdata('limits.in.yaml');
    expect(changed(meshOf(limits), meshOf(limits.replace('maxConnections: 3', 'maxConnections: 4')))).toEqual([
      'clusters',
    ]);
  });
});

describe('What is made again', () => {
  const limits = testdata('limits.in.yaml');
  const before = resourcesOf(limits);
  const ready: readonly Endpoint[] = [];

  /** The resources of the caller's proxy that are other objects when these objects replace those of before. */
  function madeAgain(texts: string[]): string[] {
    const after = resourcesOf(...texts).map((now, index) => {
      const was = before[index];
      return isDeepStrictEqual(was?.body, now.body) ? was! : now;
    });
    const [old, now] = [before, after].map((objects) => {
      const mesh = meshFrom(objects);
      const caller = workloadOf(mesh, 'caller');
      return [...translate(mesh, caller, AS_WRITTEN).clusters, ...assignments(mesh, caller, () => ready)];
    });
    return now!.flatMap((one) => (old!.includes(one) ? [] : [String(one['name'] ?? one['cluster_name'])]));
  }

  test('When one DestinationRule changes, then the clusters and endpoints of its host, in another mesh too', () => {
    expect(madeAgain([limits])).toEqual(['prometheus_stats']);
    const names = madeAgain([limits.replace('maxConnections: 3', 'maxConnections: 4')]);
    expect([...new Set(names.map((name) => name.split('|').at(-1)))]).toEqual([
      'hats.shop.svc.cluster.local',
      'prometheus_stats',
    ]);
  });
});

describe('The configuration of a proxy', () => {
  test('When a workload has no proxy, then its configuration is empty', () => {
    const mesh = meshOf();
    const none = { ...workloadOf(mesh, 'caller'), proxy: 'none' as const };
    expect(translate(mesh, none, AS_WRITTEN)).toEqual({ listeners: [], clusters: [], routes: [] });
  });

  test('When it is a sidecar, then it has a listener for each port of other Services and of its own pod, sorted by name', () => {
    const mesh = meshOf();
    const { listeners, routes } = translate(mesh, workloadOf(mesh, 'hats-v1'), AS_WRITTEN);
    expect(listeners.map(({ name }) => name)).toEqual([
      '0.0.0.0_4317',
      '0.0.0.0_80',
      '0.0.0.0_90',
      '0.0.0.0_9411',
      'stats',
      'store.shop.svc.cluster.local_5432',
      'virtualInbound-8080',
      'virtualInbound-9090',
    ]);
    expect(routes.map(({ name }) => name)).toEqual(['4317', '80', '90', '9411']);
    expect(listeners.map((listener) => listener['enable_reuse_port'])).toEqual(listeners.map(() => false));
  });

  test('When an app calls an unknown host, then it gets 502, on every port', () => {
    const mesh = meshOf();
    for (const { virtual_hosts } of translate(mesh, workloadOf(mesh, 'caller'), AS_WRITTEN).routes) {
      expect((virtual_hosts as object[]).at(-1)).toMatchObject({
        name: 'block_all',
        domains: ['*'],
        routes: [{ direct_response: { status: 502 } }],
      });
    }
  });

  test('When a placement changes a port, then its listener and its policies follow, and names stay the same', () => {
    const mesh = meshOf(testdata('policies-what.in.yaml'), testdata('gateway.in.yaml'));
    const hats = translate(mesh, workloadOf(mesh, 'hats-v1'), moved);
    const inbound = named(hats.listeners, 'virtualInbound-8080');
    expect(inbound['address']).toEqual({ socket_address: { address: '127.0.0.1', port_value: 28_080 } });
    expect(JSON.stringify(inbound)).toContain('{"destination_port":28080}');
    expect(JSON.stringify(inbound)).not.toContain('{"destination_port":8080}');
    const app = { socket_address: { address: '127.0.0.1', port_value: 8080 } };
    expect(JSON.stringify(named(hats.clusters, 'inbound|8080||'))).toContain(JSON.stringify(app));

    const entry = named(translate(mesh, workloadOf(mesh, 'entry'), moved).listeners, '0.0.0.0_8080');
    expect(entry['address']).toEqual({ socket_address: { address: '127.0.0.1', port_value: 28_080 } });
    expect(JSON.stringify(entry)).toContain('{"destination_port":28080}');
  });

  test('When statistics are requested, then only GET of one path reaches the admin socket', () => {
    const mesh = meshOf();
    const { listeners, clusters } = translate(mesh, workloadOf(mesh, 'caller'), AS_WRITTEN);
    const stats = JSON.stringify(named(listeners, 'stats'));
    expect(stats.match(/"match":/g)).toHaveLength(2); // readiness is the other
    expect(stats).toContain('"match":{"path":"/healthz/ready"},"direct_response":{"status":200}');
    expect(stats).toContain(
      '"match":{"path":"/stats/prometheus","headers":[{"name":":method","string_match":{"exact":"GET"}}]}',
    );
    expect(JSON.stringify(named(clusters, 'prometheus_stats'))).toContain('"pipe":{"path":"/run/envoy/admin.sock"}');
  });

  test('When sidecars of one namespace are translated, then they share outbound clusters and routes', () => {
    const mesh = meshOf(WEIGHTS);
    const [one, other] = ['caller', 'store'].map((name) => translate(mesh, workloadOf(mesh, name), AS_WRITTEN));
    const shared = new Set<unknown>(one?.routes.concat(one.clusters));
    const own = other?.routes.concat(other.clusters).filter((resource) => !shared.has(resource));
    expect(own?.map(({ name }) => name)).toEqual(['inbound|5432||', 'prometheus_stats']);
  });

  test('When resources are fetched later, then over the one stream, and no extension of Istio’s own is used', () => {
    const mesh = meshOf(testdata('gateway.in.yaml'), testdata('tracing.in.yaml'));
    const text = JSON.stringify(PROXIES.map((name) => translate(mesh, workloadOf(mesh, name), AS_WRITTEN)));
    expect(text).not.toMatch(/sds-grpc|istio\.(alpn|stats|metadata)|PassthroughCluster|BlackHoleCluster|original_dst/);
    expect(text.match(/"(eds_config|config_source|sds_config)":/g)?.length).toBe(text.match(/"ads":{}/g)?.length);
  });
});
