import { expect, test } from '@jest/globals';
import { createEncoder } from './resources.ts';
import { envoyCluster, envoyEndpoints, envoyResources } from './testing/envoy-resources.ts';
import { expectSame } from '../../envoy/encoding/testing/reference.ts';

const withClusters = (...clusters: ReturnType<typeof envoyCluster>[]) => ({ ...envoyResources('a'), clusters });

test('When a proxy gets resources, then each is a message under its name, with what it needs', () => {
  const resources = { ...envoyResources('a'), endpoints: [envoyEndpoints('a', 8080)] };
  const wanted = createEncoder().wanted(resources);
  const [cluster, assignment] = [wanted.clusters.get('a')!, wanted.endpoints.get('a')!];
  expectSame(resources.clusters[0]!, cluster.bytes!);
  expectSame(resources.endpoints[0]!, assignment.bytes!);
  expect([cluster.references, wanted.listeners.get('in')!.references]).toEqual([
    [{ type: 'endpoints', name: 'a' }],
    [{ type: 'routes', name: '80' }],
  ]);
  expect([...wanted.routes.keys(), ...wanted.secrets.keys()]).toEqual(['80']);
});

test.each([
  ['as one object', (one: object) => one],
  ['as equal objects', (one: object) => structuredClone(one)],
])('When several proxies have the same resource, %s, then it is encoded once', (_how, copy) => {
  const encoder = createEncoder();
  const [first, second] = [envoyResources('a'), envoyResources('b')].map(({ ...resources }) => resources);
  const shared = envoyCluster('shared');
  const one = encoder.wanted({ ...first!, clusters: [shared] }).clusters.get('shared');
  const other = encoder.wanted({ ...second!, clusters: [copy(shared) as typeof shared] }).clusters.get('shared');
  expect(one!.bytes).toBeInstanceOf(Buffer);
  expect(other!.bytes).toBe(one!.bytes);
});

test('When the content of a resource is the same, then so is its version, in another control plane too', () => {
  const versionOf = (timeout: string, encoder = createEncoder()) =>
    encoder.wanted(withClusters(envoyCluster('a', timeout))).clusters.get('a')!.version;
  const encoder = createEncoder();
  const [first, changed, again] = ['1s', '2s', '1s'].map((timeout) => versionOf(timeout, encoder));
  expect([again, versionOf('1s')]).toEqual([first, first]);
  expect(changed).not.toBe(first);
});

test('When a resource has an unknown field, then its fault names the path, and the others are encoded', () => {
  const bad = { ...envoyCluster('bad'), eds_cluster_config: { servce_name: 'bad' } };
  const { clusters } = createEncoder().wanted(withClusters(bad, envoyCluster('good')));
  expect(clusters.get('bad')).toMatchObject({
    bytes: undefined,
    fault: expect.stringMatching(/^bad\.eds_cluster_config\.servce_name: .* has no such field/),
  });
  expect(clusters.get('good')).toMatchObject({ bytes: expect.any(Buffer), fault: undefined });
});
