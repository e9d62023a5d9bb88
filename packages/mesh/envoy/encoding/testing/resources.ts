import { readdirSync } from 'node:fs';
import { assignments, type Endpoint } from '../../endpoints.ts';
import { translate } from '../../configuration.ts';
import { AS_WRITTEN } from '../../placement.ts';
import type { TypedConfig } from '../../protobuf.ts';
import { certificateSecret, rootSecret } from '../../tls.ts';
import { meshOf, testdata } from '../../testing/case.ts';
import { readKustomization } from '../../../manifests/kustomization.ts';
import { readMeshConfig } from '../../../manifests/mesh-config.ts';
import { createMesh } from '../../../model/create-mesh.ts';
import type { Mesh } from '../../../model/mesh.ts';

const FOLDER = new URL('../../../testdata/translation/', import.meta.url);
const pod = (port: number, version: string, tlsMode: Endpoint['tlsMode']): Endpoint => ({
  address: { host: '127.0.0.1', port },
  labels: { version },
  tlsMode,
});
const PODS = [pod(20_001, 'v1', 'istio'), pod(20_002, 'v2', 'disabled')];

/** All resources that the proxies get in the golden cases of the translation and in the shop, each once. */
export function resources(): TypedConfig[] {
  const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.in.yaml'));
  const meshes = [...cases.map((name) => meshOf(testdata(name))), shop()];
  const secrets = [certificateSecret({ chain: 'chain\n', key: 'key\n' }), rootSecret('root\n')];
  const all = [...meshes.flatMap(resourcesOf), ...secrets];
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function shop(): Mesh {
  return createMesh(
    readKustomization('k8s/overlays/local', { namespace: 'shop' }),
    readMeshConfig('istio/mesh-config.yaml'),
  );
}

function resourcesOf(mesh: Mesh): TypedConfig[] {
  return mesh.workloads.flatMap((workload) => {
    const { listeners, clusters, routes } = translate(mesh, workload, AS_WRITTEN);
    return [...listeners, ...clusters, ...routes, ...assignments(mesh, workload, () => PODS)];
  });
}
