import type { GatewayServer } from '../../model/routing/gateways.ts';
import type { VirtualHost } from '../../model/routing/route.ts';
import { gatewayRoutesName } from '../names.ts';
import type { Named } from '../types.ts';
import { blackHole, blockAll, virtualHost } from './virtual-host.ts';

/** What a sidecar's app finds on one HTTP port, by the host that it asks for. */
export function outboundRoutes(port: number, hosts: readonly VirtualHost[]): Named {
  const all = hosts.some(({ domains }) => domains.includes('*'));
  return routeConfiguration(String(port), [...hosts.map(virtualHost), ...(all ? [] : [blockAll])]);
}

/** What a gateway serves on one of its ports. */
export function gatewayRoutes(targetPort: number, servers: readonly GatewayServer[]): Named {
  const hosts = servers.flatMap((server) => server.hosts.map(virtualHost));
  const nobody = servers.slice(0, 1).map(({ port }) => blackHole(port));
  return routeConfiguration(gatewayRoutesName(targetPort), hosts.length > 0 ? hosts : nobody);
}

// `validate_clusters: false`: a route to nowhere is answered with 503 instead of refusing the whole configuration.
function routeConfiguration(name: string, virtual_hosts: object[]): Named {
  return {
    '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
    name,
    virtual_hosts,
    validate_clusters: false,
    max_direct_response_body_size_bytes: 1_048_576,
    ignore_port_in_host_matching: true,
  };
}
