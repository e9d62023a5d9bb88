import { describe, expect, test } from '@jest/globals';
import { translate } from './configuration.ts';
import { assignments, type Endpoint } from './endpoints.ts';
import { meshOf, testdata, workloadOf } from './testing/case.ts';
import { AS_WRITTEN } from './placement.ts';

const mesh = meshOf(testdata('weights.in.yaml'));
const caller = workloadOf(mesh, 'caller');

function pod(port: number, version: string, tlsMode: Endpoint['tlsMode'] = 'istio'): Endpoint {
  return { address: { host: '127.0.0.1', port }, labels: { app: 'hats', version }, tlsMode };
}

/** The assignment of one cluster if these pods of hats are ready. */
function assigned(cluster: string, ...pods: Endpoint[]) {
  const all = assignments(mesh, caller, ({ name }, port) => (name === 'hats' && port === 80 ? pods : []));
  const found = all.find(({ cluster_name }) => cluster_name === cluster);
  if (found === undefined) throw new Error(`no assignment for ${cluster}`);
  return found;
}

function ports(cluster: string, ...pods: Endpoint[]): number[] {
  return [...JSON.stringify(assigned(cluster, ...pods)).matchAll(/"port_value":(\d+)/g)].map(([, port]) =>
    Number(port),
  );
}

describe('assignments', () => {
  test('When assignments are made, then there is one for each EDS cluster', () => {
    const { clusters } = translate(mesh, caller, AS_WRITTEN);
    const filled = clusters.filter(({ type }) => type === 'EDS').map(({ name }) => name);
    const names = assignments(mesh, caller, () => []).map(({ cluster_name }) => cluster_name);
    expect(names.toSorted()).toEqual(filled.toSorted());
    expect(new Set(names).size).toBe(names.length);
  });

  test('When no pod is ready, then the assignment exists and is empty', () => {
    expect(assigned('outbound|80||hats.shop.svc.cluster.local').endpoints).toEqual([]);
  });

  test('When a cluster is for a subset, then it has the pods with the labels of the subset, else all pods', () => {
    const pods = [pod(1, 'v1'), pod(2, 'v2'), pod(3, 'v1')];
    expect(ports('outbound|80|v1|hats.shop.svc.cluster.local', ...pods)).toEqual([1, 3]);
    expect(ports('outbound|80|v2|hats.shop.svc.cluster.local', ...pods)).toEqual([2]);
    expect(ports('outbound|80||hats.shop.svc.cluster.local', ...pods)).toEqual([1, 2, 3]);
    expect(ports('outbound|90||hats.shop.svc.cluster.local', ...pods)).toEqual([]);
  });

  test('When pods become ready in another order, then the assignment is the same', () => {
    const cluster = 'outbound|80||hats.shop.svc.cluster.local';
    expect(assigned(cluster, pod(2, 'v1'), pod(1, 'v1'))).toEqual(assigned(cluster, pod(1, 'v1'), pod(2, 'v1')));
  });

  test('When a pod accepts mutual TLS, then its endpoint is marked, else not', () => {
    const cluster = 'outbound|80|v1|hats.shop.svc.cluster.local';
    const endpoint = (mode: Endpoint['tlsMode']) => assigned(cluster, pod(1, 'v1', mode)).endpoints;
    const one = {
      endpoint: { address: { socket_address: { address: '127.0.0.1', port_value: 1 } } },
      health_status: 'HEALTHY',
      load_balancing_weight: 1,
    };
    const marked = { filter_metadata: { 'envoy.transport_socket_match': { tlsMode: 'istio' } } };
    const locality = (metadata: object) => [
      { locality: {}, lb_endpoints: [{ ...one, metadata }], load_balancing_weight: 1 },
    ];
    expect(endpoint('istio')).toEqual(locality(marked));
    expect(endpoint('disabled')).toEqual(locality({}));
  });

  test('When callers have the same clusters, then they share the assignments of one list of pods, and of no other', () => {
    const [ready, later] = [[pod(1, 'v1')], [pod(1, 'v1')]];
    const other = workloadOf(mesh, 'hats-v1');
    const [first, same, next] = [
      assignments(mesh, caller, () => ready),
      assignments(mesh, other, () => ready),
      assignments(mesh, caller, () => later),
    ];
    expect(same.map((one, index) => one === first[index])).toEqual(first.map(() => true));
    expect(next.map((one, index) => one === first[index])).toEqual(first.map(() => false));
    expect(next).toEqual(first);
  });

  test('When a pod becomes ready, then only its assignments change', () => {
    const configuration = () => JSON.stringify(translate(mesh, caller, AS_WRITTEN));
    const [before, empty] = [configuration(), assignments(mesh, caller, () => [])];
    const withPod = assignments(mesh, caller, ({ name }) => (name === 'hats' ? [pod(1, 'v1')] : []));
    const changed = withPod.filter((one, index) => JSON.stringify(one) !== JSON.stringify(empty[index]));
    expect(changed.map(({ cluster_name }) => cluster_name)).toEqual([
      'outbound|80||hats.shop.svc.cluster.local',
      'outbound|80|v1|hats.shop.svc.cluster.local',
      'outbound|90||hats.shop.svc.cluster.local',
      'outbound|90|v1|hats.shop.svc.cluster.local',
    ]);
    expect(configuration()).toBe(before);
  });
});
