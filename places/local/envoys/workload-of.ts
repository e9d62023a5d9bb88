import { type Mesh, type Workload, type WorkloadRef, findWorkload } from '@tuesday/mesh/model';

/** The workload that a pod's owner names: `Deployment shop/checkout-v1`. */
export function ownerRef(owner: string): WorkloadRef {
  const [kind = '', namespace = '', name = ''] = owner.split(/[ /]/);
  return { kind: kind as WorkloadRef['kind'], namespace, name };
}

/** The mesh's view of a pod's workload; undefined once the workload is deleted. */
export function workloadOf(mesh: Mesh, owner: string): Workload | undefined {
  return findWorkload(mesh, ownerRef(owner));
}
