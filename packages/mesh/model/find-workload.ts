import type { Mesh } from './mesh.ts';
import type { Workload } from './workloads/workload.ts';

/** The identity of a workload. */
export type WorkloadRef = Pick<Workload, 'kind' | 'namespace' | 'name'>;

/** A workload of the mesh; undefined if it does not exist (any more). */
export function findWorkload({ workloads }: Mesh, { kind, namespace, name }: WorkloadRef): Workload | undefined {
  return workloads.find((one) => one.kind === kind && one.namespace === namespace && one.name === name);
}
