import type { Cluster } from '../../model/policy/traffic-policy.ts';
import type { GatewayServer } from '../../model/routing/gateways.ts';
import type { VirtualHost } from '../../model/routing/route.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { detectedRoutesName, gatewayRoutesName, inboundName } from '../names.ts';
import type { Placement } from '../placement.ts';
import type { XdsResource } from '../protobuf.ts';
import { envoyRoute } from './route.ts';

/**
 * The routes of a sidecar's outbound HTTP port: a virtual host for each host that the app may call, also by the address of its
 * Service.
 * Source: istio.io/istio pilot/pkg/networking/core/httproute.go, buildSidecarOutboundHTTPRouteConfig.
 */
export function outboundRoutes(
  port: number,
  hosts: readonly VirtualHost[],
  addressOf: Placement['serviceAddress'],
): XdsResource {
  const all = hosts.some(({ domains }) => domains.includes('*'));
  const withAddress = hosts.map((host) => {
    const address = host.isService ? addressOf(host.fqdn) : undefined;
    return address === undefined ? host : { ...host, domains: [...host.domains, address] };
  });
  return routeConfiguration(String(port), [...withAddress.map(virtualHost), ...(all ? [] : [blockAll])]);
}

/**
 * The routes of one Service's port whose protocol is detected: those of its own name, for every Host, because only its calls
 * come to its listener. Source: httproute.go there, getVirtualHostsForSniffedServicePort.
 */
export function detectedRoutes({ fqdn, port }: Cluster, hosts: readonly VirtualHost[]): XdsResource {
  const own = hosts.filter(({ domains }) => domains.includes(fqdn));
  return routeConfiguration(
    detectedRoutesName({ fqdn, port }),
    own.map((host) => virtualHost({ ...host, domains: ['*'] })),
  );
}

/**
 * The routes of one port of a gateway; without any host everything is 404.
 * Source: istio.io/istio pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig.
 */
export function gatewayRoutes({ port, targetPort, hosts }: GatewayServer): XdsResource {
  const blackHole = [{ name: `blackhole:${port}`, domains: ['*'] }];
  return routeConfiguration(gatewayRoutesName(targetPort), hosts.length > 0 ? hosts.map(virtualHost) : blackHole);
}

// `validate_clusters: false`: a route to a cluster that does not exist gives 503; the other routes work.
function routeConfiguration(name: string, virtual_hosts: object[]): XdsResource {
  return {
    '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
    name,
    virtual_hosts,
    validate_clusters: false,
    max_direct_response_body_size_bytes: 1_048_576,
    ignore_port_in_host_matching: true,
  };
}

// With the attempt count in a header (x-envoy-attempt-count) a callee can recognise a retry.
function virtualHost({ fqdn, port, domains, routes }: VirtualHost): object {
  return { name: `${fqdn}:${port}`, domains, routes: routes.map(envoyRoute), include_request_attempt_count: true };
}

/** A host outside of the mesh gives 502, as with Istio's `outboundTrafficPolicy: REGISTRY_ONLY` (buildCatchAllVirtualHost). */
const blockAll: object = {
  name: 'block_all',
  domains: ['*'],
  routes: [{ name: 'block_all', match: { prefix: '/' }, direct_response: { status: 502 } }],
  include_request_attempt_count: true,
};

/**
 * The route of an inbound port: every request goes to the app. Timeouts, faults and retries belong to the caller's side. The
 * only retry here is of a request that was not sent at all, and never of a gRPC call.
 * Source: istio.io/istio pilot/pkg/networking/core/httproute.go, buildSidecarInboundHTTPRouteConfig.
 */
export function inboundRoutes({ port, protocol, service }: InboundPort): object {
  const cluster = inboundName(port);
  const route = {
    cluster,
    timeout: '0s',
    ...(protocol !== 'grpc' && { retry_policy: { retry_on: 'reset-before-request', num_retries: 2 } }),
    max_stream_duration: { max_stream_duration: '0s', grpc_timeout_header_max: '0s' },
  };
  const decorator = { operation: `${service?.fqdn ?? ''}:${service?.port ?? 0}/*` };
  const routes = [{ name: 'default', match: { prefix: '/' }, route, decorator }];
  return {
    name: cluster,
    virtual_hosts: [{ name: `inbound|http|${service?.port ?? 0}`, domains: ['*'], routes }],
    validate_clusters: false,
  };
}
