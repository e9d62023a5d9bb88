import { type WorkloadRef, findWorkload } from '../../../packages/mesh/model/find-workload.ts';
import type { Mesh } from '../../../packages/mesh/model/mesh.ts';
import type { Workload } from '../../../packages/mesh/model/workloads/workload.ts';

/** Which workload a pod belongs to, from its owner's name: `Deployment shop/checkout-v1`. */
export function ownerRef(owner: string): WorkloadRef {
  const [kind = '', namespace = '', name = ''] = owner.split(/[ /]/);
  return { kind: kind as WorkloadRef['kind'], namespace, name };
}

/** What the mesh has decided about a pod's workload; undefined once that is deleted. */
export function workloadOf(mesh: Mesh, owner: string): Workload | undefined {
  return findWorkload(mesh, ownerRef(owner));
}
