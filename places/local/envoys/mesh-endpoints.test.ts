import { expect, test } from '@jest/globals';
import type { MeshConfig } from '@tuesday/mesh/manifests';
import { type Mesh, createMesh } from '@tuesday/mesh/model';
import { deployment, service } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { meshEndpoints } from './mesh-endpoints.ts';

const CONFIG: MeshConfig = { trustDomain: 'cluster.local', rootNamespace: 'istio-system', providers: [] };
const web = resource(deployment());
const meshOf = () => createMesh([web, resource(service('web'))], CONFIG);

function portsOf(mesh: Mesh, endpoints: ReturnType<typeof meshEndpoints>, port = 80): number[] {
  return endpoints(mesh.services[0]!, port).map(({ address }) => address.port);
}

test('When endpoints are asked for, then they are the ready pods of the Service, with the labels of each', () => {
  const mesh = meshOf();
  const pods = [
    fakePod(web, { ports: new Map([[8080, 20_001]]) }),
    fakePod(web, { ports: new Map([[8080, 20_002]]), ready: false }),
    fakePod(web, { ports: new Map([[8080, 20_003]]), namespace: 'other' }),
    fakePod(web, { ports: new Map([[8080, 20_004]]), labels: { app: 'api' } }),
  ];
  const endpoints = meshEndpoints({ mesh: () => mesh }, () => pods);
  expect(endpoints(mesh.services[0]!, 80)).toEqual([
    { address: { host: '127.0.0.1', port: 20_001 }, labels: pods[0]!.labels, tlsMode: 'never' },
  ]);
  expect(portsOf(mesh, endpoints, 81)).toEqual([]);
});

test('When endpoints are asked for again, then it is the same list until the mesh is another', () => {
  let mesh = meshOf();
  let pods = [fakePod(web)];
  const endpoints = meshEndpoints({ mesh: () => mesh }, () => pods);
  const first = endpoints(mesh.services[0]!, 80);
  pods = [];
  expect(endpoints(mesh.services[0]!, 80)).toBe(first);
  mesh = meshOf();
  expect(portsOf(mesh, endpoints)).toEqual([]);
});
