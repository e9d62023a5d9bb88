import { expect, test } from '@jest/globals';
import type { MeshConfig } from '@tuesday/mesh/manifests';
import type { Endpoints } from '@tuesday/mesh/envoy';
import { type Mesh, createMesh } from '@tuesday/mesh/model';
import { deployment, service } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { createMeshEndpoints } from './mesh-endpoints.ts';

const CONFIG: MeshConfig = { trustDomain: 'cluster.local', rootNamespace: 'istio-system', providers: [] };
const web = resource(deployment());
const meshOf = () => createMesh([web, resource(service('web'))], CONFIG);

function portsOf(mesh: Mesh, endpoints: Endpoints, port = 80): number[] {
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
  const endpoints = createMeshEndpoints({ mesh: () => mesh }, () => pods)();
  expect(endpoints(mesh.services[0]!, 80)).toEqual([
    { address: { host: '127.0.0.1', port: 20_001 }, labels: pods[0]!.labels, tlsMode: 'never' },
  ]);
  expect(portsOf(mesh, endpoints, 81)).toEqual([]);
});

test('When endpoints are asked for again, then it is the same list until the mesh is another', () => {
  let mesh = meshOf();
  let pods = [fakePod(web)];
  const endpoints = createMeshEndpoints({ mesh: () => mesh }, () => pods)();
  const first = endpoints(mesh.services[0]!, 80);
  pods = [];
  expect(endpoints(mesh.services[0]!, 80)).toBe(first);
  mesh = meshOf();
  expect(portsOf(mesh, endpoints)).toEqual([]);
});

test('When a pod changes, then only the lists that it is in are other lists, in another mesh too', () => {
  const resources = ['web', 'api'].flatMap((app) => [resource(deployment({ app })), resource(service(app))]);
  let mesh = createMesh(resources, CONFIG);
  const podOf = (index: number, port: number) => fakePod(resources[index]!, { ports: new Map([[8080, port]]) });
  let pods = [podOf(0, 20_001), podOf(2, 20_002)];
  const lookUp = createMeshEndpoints({ mesh: () => mesh }, () => pods);
  const lists = () => {
    const endpoints = lookUp();
    return mesh.services.map((one) => endpoints(one, 80));
  };
  const [api, web] = lists();
  expect([api, web].map((list) => list?.[0]?.address.port)).toEqual([20_002, 20_001]);
  [mesh, pods] = [createMesh(resources, CONFIG), [podOf(0, 20_003), pods[1]!]];
  const [apiNow, webNow] = lists();
  expect(apiNow).toBe(api);
  expect(webNow?.[0]?.address.port).toBe(20_003);
});
