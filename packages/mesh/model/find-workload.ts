import type { Mesh } from './mesh.ts';
import type { Workload } from './workloads/workload.ts';

/** What names a workload. */
export type WorkloadRef = Pick<Workload, 'kind' | 'namespace' | 'name'>;

/** What the mesh has decided about a workload; undefined once that is deleted. */
export function findWorkload({ workloads }: Mesh, { kind, namespace, name }: WorkloadRef): Workload | undefined {
  return workloads.find((one) => one.kind === kind && one.namespace === namespace && one.name === name);
}
