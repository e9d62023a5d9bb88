import type { Because } from './because.ts';
import type { Service } from './service.ts';
import type { Cluster } from './traffic-policy.ts';
import type { TracingProvider } from './tracing.ts';
import type { VirtualHost } from './route.ts';
import type { Workload } from './workload.ts';

/** istio/mesh-config.yaml, as far as it is modelled. */
export interface MeshConfig {
  trustDomain: string;
  rootNamespace: string;
  providers: TracingProvider[];
}

/** One server of the Gateways that select a gateway's pods. */
export interface GatewayServer {
  /** The Gateway's own number (80). */
  port: number;
  /** The pod's port that its Service leads it to (8080), else the same. */
  targetPort: number;
  /** From the VirtualServices that name the Gateway, and from nobody else. */
  hosts: VirtualHost[];
  /** The first Gateway's server of this port. */
  because: Because;
}

/** Everything that was applied, decided: no address in it and no word of Envoy. */
export interface Mesh {
  config: MeshConfig;
  services: Service[];
  workloads: Workload[];
  /** What a sidecar's app finds on each HTTP port, by port: the VirtualServices for `mesh`, as this caller sees them. */
  routesOf(caller: Workload): Map<number, VirtualHost[]>;
  /** What a gateway serves; empty for others. */
  serversOf(gateway: Workload): GatewayServer[];
  /** Everybody a caller can reach, subsets included, in order of fqdn, port, subset. */
  clustersOf(caller: Workload): Cluster[];
}
