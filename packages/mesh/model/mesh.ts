import type { MeshConfig } from '../manifests/mesh-config.ts';
import type { Pod } from '../manifests/labels.ts';
import type { Inventory } from './inventory.ts';
import type { RoutingContext } from './routing/mesh-routes.ts';
import type { Service } from './services/service.ts';
import type { Cluster } from './policy/traffic-policy.ts';
import type { GatewayServer } from './routing/gateways.ts';
import type { VirtualHost } from './routing/route.ts';
import type { Workload } from './workloads/workload.ts';
import { perObject } from './per-object.ts';

/** The result of all applied objects. It has no addresses and does not depend on Envoy. */
export interface Mesh {
  config: MeshConfig;
  /** The applied objects. */
  objects: Inventory;
  services: Service[];
  workloads: Workload[];
  /** A workload by name and namespace. Throws an Error if there is none. */
  workload(name: string, namespace: string): Workload;
  /**
   * A workload as its pods with this proxy are. Injection is decided when a pod is created: pods keep what they have, whatever the
   * labels of their Namespace say since. The same object where the workload has this proxy.
   */
  withProxy(workload: Workload, proxy: Workload['proxy']): Workload;
  /** What the proxies of a namespace see. */
  seenFrom(namespace: string): RoutingContext;
  /** The virtual hosts that the app of a pod with a sidecar can call on each port that can be HTTP. */
  routesFrom(caller: Pod): Map<number, VirtualHost[]>;
  /** The same for a workload; empty where it has no sidecar. */
  routesOf(caller: Workload): Map<number, VirtualHost[]>;
  /** The servers of a gateway; empty for others. */
  serversOf(gateway: Workload): GatewayServer[];
  /** Every cluster that a caller can reach, subsets included, in order of fqdn, port, subset. */
  clustersOf(caller: Workload): Cluster[];
}

/** The identity of a workload. */
export type WorkloadRef = Pick<Workload, 'kind' | 'namespace' | 'name'>;

/** A workload of the mesh; undefined if it does not exist (any more). */
export function findWorkload(mesh: Mesh, ref: WorkloadRef): Workload | undefined {
  return byRef(mesh).get(keyOf(ref));
}

const byRef = perObject(({ workloads }: Mesh) => new Map(workloads.map((one) => [keyOf(one), one])));

/** A Service of the mesh; undefined if it does not exist. */
export function findService(mesh: Mesh, fqdn: string): Service | undefined {
  return byFqdn(mesh).get(fqdn);
}

const byFqdn = perObject(({ services }: Mesh) => new Map(services.map((one) => [one.fqdn, one])));

function keyOf({ kind, namespace, name }: WorkloadRef): string {
  return `${kind} ${namespace}/${name}`;
}
