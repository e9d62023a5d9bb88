import { readFileSync } from 'node:fs';
import { readText } from '../../manifests/text.ts';
import type { Resource } from '../../manifests/resource.ts';
import { createMesh } from '../../model/create-mesh.ts';
import { type MeshConfig, ROOT_NAMESPACE } from '../../manifests/mesh-config.ts';
import type { Mesh } from '../../model/mesh.ts';
import type { Workload } from '../../model/workloads/workload.ts';

const FOLDER = new URL('../../testdata/translation/', import.meta.url);
const at = (fqdn: string, port: number) => ({ fqdn: `${fqdn}.${ROOT_NAMESPACE}.svc.cluster.local`, port });

const CONFIG: MeshConfig = {
  trustDomain: 'cluster.local',
  rootNamespace: ROOT_NAMESPACE,
  providers: [
    { kind: 'zipkin', name: 'zipkin', ...at('zipkin', 9411), context: 'USE_B3_WITH_W3C_PROPAGATION' },
    { kind: 'zipkin', name: 'zipkin-b3', ...at('zipkin', 9411), context: 'USE_B3' },
    { kind: 'opentelemetry', name: 'otel', ...at('jaeger-collector', 4317) },
  ],
};

/** The text of a file of packages/mesh/testdata/translation. */
export function testdata(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** The objects of mesh.yaml and of these texts, applied in this order. */
export function resourcesOf(...texts: string[]): Resource[] {
  const files = [testdata('mesh.yaml'), ...texts];
  return lastOfEach(files.flatMap((text, index) => readText({ file: `${index}.yaml`, text, namespace: 'shop' })));
}

/** The mesh of mesh.yaml and of these texts, applied in this order. */
export function meshOf(...texts: string[]): Mesh {
  return meshFrom(resourcesOf(...texts));
}

/** The mesh of these objects. */
export function meshFrom(resources: readonly Resource[]): Mesh {
  return createMesh(resources, CONFIG);
}

/** The workload of that name. */
export function workloadOf(mesh: Mesh, name: string): Workload {
  const found = mesh.workloads.find((workload) => workload.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}

// As in `apply`, the last object of a name is kept.
function lastOfEach(resources: Resource[]): Resource[] {
  const id = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
  return [...new Map(resources.map((resource) => [id(resource), resource])).values()];
}
