import { expect, test } from '@jest/globals';
import { wantedOf } from './resources.ts';
import { envoyCluster, envoyEndpoints, envoyResources } from './testing/envoy-resources.ts';
import { expectSame } from '../../envoy/encoding/testing/reference.ts';

const withClusters = (...clusters: ReturnType<typeof envoyCluster>[]) => ({ ...envoyResources('a'), clusters });

test('When a proxy gets resources, then each is a message under its name, with what it needs', () => {
  const resources = { ...envoyResources('a'), endpoints: [envoyEndpoints('a', 8080)] };
  const wanted = wantedOf(resources);
  const [cluster, assignment] = [wanted.clusters.get('a')!, wanted.endpoints.get('a')!];
  expectSame(resources.clusters[0]!, cluster.bytes!);
  expectSame(resources.endpoints[0]!, assignment.bytes!);
  expect([cluster.references, wanted.listeners.get('in')!.references]).toEqual([
    [{ type: 'endpoints', name: 'a' }],
    [{ type: 'routes', name: '80' }],
  ]);
  expect([...wanted.routes.keys(), ...wanted.secrets.keys()]).toEqual(['80']);
});

test('When several proxies have the same resource, then it is encoded once', () => {
  const shared = envoyCluster('shared');
  const [one, other] = ['a', 'b'].map((name) =>
    wantedOf({ ...envoyResources(name), clusters: [shared] }).clusters.get('shared')!,
  );
  expect(one!.bytes).toBeInstanceOf(Buffer);
  expect(other!.bytes).toBe(one!.bytes);
});

test('When the content of a resource is the same, then so is its version, in another object too', () => {
  const versionOf = (timeout: string) => wantedOf(withClusters(envoyCluster('a', timeout))).clusters.get('a')!.version;
  const [first, changed, again] = ['1s', '2s', '1s'].map(versionOf);
  expect(again).toBe(first);
  expect(changed).not.toBe(first);
});

test('When a resource has an unknown field, then its fault names the path, and the others are encoded', () => {
  const bad = { ...envoyCluster('bad'), eds_cluster_config: { servce_name: 'bad' } };
  const { clusters } = wantedOf(withClusters(bad, envoyCluster('good')));
  expect(clusters.get('bad')).toMatchObject({
    bytes: undefined,
    fault: expect.stringMatching(/^bad\.eds_cluster_config\.servce_name: .* has no such field/),
  });
  expect(clusters.get('good')).toMatchObject({ bytes: expect.any(Buffer), fault: undefined });
});
