import { expect, test } from '@jest/globals';
import { meshOf } from '../../../test/support/mesh/small-mesh.ts';
import { deployment, istio, namespace, service } from '../../../test/support/mesh/objects.ts';
import { summaryOf } from './summary.ts';

const SPLIT = `  hosts: [a]
  http: [{ route: [{ destination: { host: a, subset: v1 }, weight: 9 }, { destination: { host: a, subset: v2 }, weight: 1 }] }]`;

test('When the mesh is summarized, then each mode and split is listed once, however many callers have it', () => {
  const found = summaryOf(
    meshOf(
      namespace('shop', 'enabled'),
      deployment('a'),
      service('a'),
      deployment('b'),
      istio('VirtualService', 'a', SPLIT),
      istio('PeerAuthentication', 'default', '  mtls: { mode: STRICT }'),
      istio('PeerAuthentication', 'open', '  selector: { matchLabels: { app: b } }\n  mtls: { mode: DISABLE }'),
    ),
  );
  expect(found.workloads.map(({ name, proxy }) => [name, proxy])).toEqual([
    ['a', 'sidecar'],
    ['b', 'sidecar'],
  ]);
  expect(found.mtls).toEqual([
    { mode: 'STRICT', ports: ['a 8080'] },
    { mode: 'DISABLE', ports: ['b 8080'] },
  ]);
  expect(found.splits).toEqual([{ service: 'a', shares: { v1: 0.9, v2: 0.1 } }]);
  expect(found.headers).toEqual([]);
});
