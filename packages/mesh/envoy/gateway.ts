import { gatewayListener } from './listeners/gateway.ts';
import type { Proxied } from './proxied.ts';
import { gatewayRoutes } from './route/configuration.ts';
import type { Configuration } from './types.ts';

/** A gateway has no app: it listens for the world on the ports of its Gateways, and routes as their VirtualServices say. */
export function gatewayConfiguration({ mesh, workload, placement }: Proxied): Configuration {
  const { trustDomain } = mesh.config;
  const servers = Map.groupBy(mesh.serversOf(workload), ({ targetPort }) => targetPort);
  const ports = new Set(servers.keys());
  return {
    listeners: [...ports].map((port) => gatewayListener(port, { workload, placement, trustDomain, ports })),
    clusters: [],
    routes: [...servers].map(([port, served]) => gatewayRoutes(port, served)),
  };
}
