import { expect, test } from '@jest/globals';
import { AS_WRITTEN, translate } from '@tuesday/mesh/envoy';
import { createMesh } from '@tuesday/mesh/model';
import { manyServices } from './many-services.ts';
import { verdict } from '../measure.ts';
import { growth } from './translation.ts';

const config = { trustDomain: 'cluster.local', rootNamespace: 'istio-system', providers: [] };

test('When a mesh has many services, then every sidecar has clusters for all of them, in both versions', () => {
  const mesh = createMesh(manyServices(5), config);
  expect(mesh.workloads.map(({ proxy }) => proxy)).toEqual(Array.from({ length: 10 }, () => 'sidecar'));
  const { clusters, routes } = translate(mesh, mesh.workloads[0]!, AS_WRITTEN);
  expect(clusters.filter(({ name }) => name.startsWith('outbound|80|v'))).toHaveLength(10);
  expect(JSON.stringify(routes)).toContain('outbound|80|v2|service-4.shop.svc.cluster.local');
});

test.each([
  ['like the mesh', 10, true],
  ["like the mesh's square", 100, false],
])('When the time of a sidecar grows %s, then the verdict says so', (_, times, isMet) => {
  const measure = growth(100, [times, times], [1, 1]);
  expect(verdict(measure)?.endsWith(': met')).toBe(isMet);
});
