import type { InboundPort, Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../http-filters/order.ts';
import { httpRbacFilters } from '../http-filters/rbac.ts';
import { inboundListenerName, inboundName } from '../names.ts';
import { httpConnectionManager } from '../network-filters/http-connection-manager.ts';
import { networkRbacFilters } from '../network-filters/rbac.ts';
import { tcpProxy } from '../network-filters/tcp-proxy.ts';
import type { Placement } from '../placement.ts';
import { inboundRoutes } from '../route/inbound.ts';
import { tracing } from '../tracing.ts';
import type { Extension, Named } from '../types.ts';
import { inboundChains } from './inbound-chains.ts';
import { tlsInspector } from './inspectors.ts';
import { listener } from './listener.ts';

/** Whose ports they are, and where. */
export interface Callee {
  workload: Workload;
  placement: Placement;
  trustDomain: string;
}

/** Where others meet one port of the app: what they may do is asked here, before the app hears of it. */
export function inboundListener(port: InboundPort, callee: Callee): Named {
  const filters = port.protocol === 'tcp' ? tcpFilters(port, callee) : [httpManager(port, callee)];
  return listener({
    place: 'inbound',
    name: inboundListenerName(port.port),
    address: callee.placement.inbound(port.port),
    filter_chains: inboundChains(port, filters, callee.trustDomain),
    listener_filters: port.mtls.mode === 'DISABLE' ? [] : [tlsInspector],
  });
}

function tcpFilters({ port }: InboundPort, callee: Callee): Extension[] {
  return [...networkRbacFilters(callee.workload.policies, seenPorts(callee)), tcpProxy(inboundName(port))];
}

function httpManager(port: InboundPort, callee: Callee): Extension {
  const { workload, trustDomain } = callee;
  return httpConnectionManager({
    place: 'inbound',
    statPrefix: `inbound_0.0.0.0_${port.port}`,
    routes: { inline: inboundRoutes(port) },
    filters: httpFilters(httpRbacFilters(workload.policies, seenPorts(callee))),
    tracing: tracing(workload, trustDomain),
    http2: port.protocol !== 'http',
  });
}

// A policy names the container's port; Envoy sees the one on which the sidecar listens for it.
function seenPorts({ workload, placement }: Callee): (port: number) => number {
  const own = new Set(workload.inbound.map(({ port }) => port));
  return (port) => (own.has(port) ? placement.inbound(port).port : port);
}
