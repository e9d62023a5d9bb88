/** Computes the mesh from objects: workloads, routes, clusters and policies, each with `because`. Pure, and independent of Envoy. */
export type { Because } from './because.ts';
export { createMesh } from './create-mesh.ts';
export { findWorkload, type Mesh, type WorkloadRef } from './mesh.ts';
export type { VirtualHost } from './routing/route.ts';
export { fqdnOf } from '../manifests/hosts.ts';
export { isHttp } from './services/protocol.ts';
export type { Service } from './services/service.ts';
export { podsBehind, selects } from './services/services.ts';
export { containerPort } from './workloads/inbound.ts';
export type { Workload } from './workloads/workload.ts';
