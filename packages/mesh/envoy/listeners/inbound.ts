import type { InboundPort, Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../filters/http-filters.ts';
import { httpRbacFilters, networkRbacFilters } from '../authorization/authorization.ts';
import { inboundListenerName, inboundName } from '../names.ts';
import { httpConnectionManager } from '../filters/http-connection-manager.ts';
import { tcpProxy } from '../filters/tcp-proxy.ts';
import type { Placement } from '../placement.ts';
import { inboundRoutes } from '../routes/configuration.ts';
import { tracing } from '../tracing.ts';
import type { Extension, XdsResource } from '../protobuf.ts';
import { filterChainsByMtlsMode } from './mtls-mode.ts';
import { listener, tlsInspector } from './listener.ts';

/** The workload that is called. */
interface Callee {
  workload: Workload;
  placement: Placement;
  trustDomain: string;
}

/**
 * The listener for calls to one port of a sidecar's app. It admits connections by the port's mTLS mode and requests by
 * AuthorizationPolicy, before anything reaches the app.
 * Source: istio.io/istio pilot/pkg/networking/core/listener_inbound.go, buildInboundListeners.
 */
export function inboundListener(port: InboundPort, callee: Callee): XdsResource {
  return listener({
    listenerClass: 'inbound',
    name: inboundListenerName(port.port),
    address: callee.placement.inbound(port.port),
    filter_chains: filterChainsByMtlsMode(port, networkFilters(port, callee), callee.trustDomain),
    listener_filters: port.mtls.mode === 'DISABLE' ? [] : [tlsInspector],
  });
}

function networkFilters(port: InboundPort, { workload, placement, trustDomain }: Callee): Extension[] {
  const own = new Set(workload.inbound.map((one) => one.port));
  // A policy names the container's port. Envoy compares it with the port on which the sidecar listens in its place.
  const scope = { trustDomain, ports: (number: number) => (own.has(number) ? placement.inbound(number).port : number) };
  if (port.protocol === 'tcp')
    return [...networkRbacFilters(workload.policies, scope), tcpProxy(inboundName(port.port))];
  const manager = httpConnectionManager({
    listenerClass: 'inbound',
    statPrefix: `inbound_0.0.0.0_${port.port}`,
    routes: { inline: inboundRoutes(port) },
    filters: httpFilters(httpRbacFilters(workload.policies, scope)),
    tracing: tracing(workload, trustDomain),
    http2: port.protocol !== 'http',
  });
  return [manager];
}
