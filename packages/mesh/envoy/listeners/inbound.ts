import { perObject } from '../../model/per-object.ts';
import type { InboundPort, Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../filters/http-filters.ts';
import { jwtFilters } from '../filters/jwt.ts';
import { httpRbacFilters, networkRbacFilters } from '../authorization/authorization.ts';
import { inboundListenerName, inboundName } from '../names.ts';
import { httpConnectionManager } from '../filters/http-connection-manager.ts';
import { tcpProxy } from '../filters/tcp-proxy.ts';
import type { Placement } from '../placement.ts';
import { inboundRoutes } from '../routes/configuration.ts';
import { tracing } from '../tracing.ts';
import type { XdsResource } from '../protobuf.ts';
import { type FiltersByProtocol, filterChainsByMtlsMode } from './mtls-mode.ts';
import { httpInspector, listener, tlsInspector } from './listener.ts';

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
    listener_filters: inspectors(port),
  });
}

/** TLS names the protocol by itself: only in plaintext the first bytes have to be read for it. */
function inspectors({ protocol, mtls: { mode } }: InboundPort): object[] {
  return [
    ...(mode === 'DISABLE' ? [] : [tlsInspector]),
    ...(protocol === 'detected' && mode !== 'STRICT' ? [httpInspector] : []),
  ];
}

const portsOf = perObject((inbound: readonly InboundPort[]) => new Set(inbound.map(({ port }) => port)));

function networkFilters(port: InboundPort, { workload, placement, trustDomain }: Callee): FiltersByProtocol {
  const own = portsOf(workload.inbound);
  // A policy names the container's port. Envoy compares it with the port on which the sidecar listens in its place.
  const scope = { trustDomain, ports: (number: number) => (own.has(number) ? placement.inbound(number).port : number) };
  return {
    tcp: () => [...networkRbacFilters(workload.policies, scope), tcpProxy(inboundName(port.port))],
    http: () => [
      httpConnectionManager({
        listenerClass: 'inbound',
        statPrefix: `inbound_0.0.0.0_${port.port}`,
        routes: { inline: inboundRoutes(port) },
        filters: httpFilters(...jwtFilters(workload.jwts, false), ...httpRbacFilters(workload.policies, scope)),
        tracing: tracing(workload, trustDomain),
        http2: port.protocol === 'http2' || port.protocol === 'grpc',
      }),
    ],
  };
}
