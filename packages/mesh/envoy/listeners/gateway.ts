import type { Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../filters/http-filters.ts';
import { jwtFilters } from '../filters/jwt.ts';
import { httpRbacFilters } from '../authorization/authorization.ts';
import { gatewayRoutesName } from '../names.ts';
import { httpConnectionManager } from '../filters/http-connection-manager.ts';
import type { Placement } from '../placement.ts';
import { tracing } from '../tracing.ts';
import type { XdsResource } from '../protobuf.ts';
import { listener } from './listener.ts';

interface Gateway {
  workload: Workload;
  placement: Placement;
  trustDomain: string;
  /** Every port of the pod on which the gateway serves: those that a policy may name. */
  ports: ReadonlySet<number>;
}

/**
 * The listener for calls from outside of the mesh, in plaintext: PeerAuthentication does not apply to a Gateway's ports,
 * AuthorizationPolicy does. Source: istio.io/istio pilot/pkg/networking/core/gateway.go, buildGatewayListeners.
 */
export function gatewayListener(port: number, { workload, placement, trustDomain, ports }: Gateway): XdsResource {
  // As for an inbound listener: Envoy compares with the port on which it listens.
  const scope = { trustDomain, ports: (port: number) => (ports.has(port) ? placement.gateway(port).port : port) };
  const manager = httpConnectionManager({
    listenerClass: 'gateway',
    statPrefix: `outbound_0.0.0.0_${port}`,
    routes: { name: gatewayRoutesName(port) },
    filters: httpFilters(...jwtFilters(workload.jwts, true), ...httpRbacFilters(workload.policies, scope)),
    tracing: tracing(workload, trustDomain),
  });
  return listener({
    listenerClass: 'gateway',
    name: `0.0.0.0_${port}`,
    address: placement.gateway(port),
    filter_chains: [{ filters: [manager], transport_socket_connect_timeout: '15s' }],
  });
}
