import type { MeshConfig } from '../manifests/mesh-config.ts';
import type { Service } from './services/service.ts';
import type { Cluster } from './policy/traffic-policy.ts';
import type { GatewayServer } from './routing/gateways.ts';
import type { VirtualHost } from './routing/route.ts';
import type { Workload } from './workloads/workload.ts';

/** What the applied objects mean, decided: it holds no address and knows nothing of Envoy. */
export interface Mesh {
  config: MeshConfig;
  services: Service[];
  workloads: Workload[];
  /** The workload of a name in a namespace. Throws an Error where there is none. */
  workload(name: string, namespace: string): Workload;
  /** What a sidecar's app finds on each HTTP port, by port: the VirtualServices for `mesh`, as this caller sees them. */
  routesOf(caller: Workload): Map<number, VirtualHost[]>;
  /** What a gateway serves; empty for others. */
  serversOf(gateway: Workload): GatewayServer[];
  /** Every cluster that a caller can reach, subsets included, in order of fqdn, port, subset. */
  clustersOf(caller: Workload): Cluster[];
}
