import type { Cluster } from '../../model/policy/traffic-policy.ts';
import type { Workload } from '../../model/workloads/workload.ts';
import { httpConnectionManager } from '../filters/http-connection-manager.ts';
import { httpFilters } from '../filters/http-filters.ts';
import { tcpProxy } from '../filters/tcp-proxy.ts';
import { detectedRoutesName, outboundName } from '../names.ts';
import { TCP_OFFER } from '../clusters/protocol.ts';
import { offer } from '../filters/offer.ts';
import type { Address } from '../placement.ts';
import type { Extension, XdsResource } from '../protobuf.ts';
import { tracing } from '../tracing.ts';
import { httpInspector, listener } from './listener.ts';

/** The sidecar's own side. */
interface Caller {
  workload: Workload;
  trustDomain: string;
}

/**
 * The listener for the calls of a sidecar's app to all HTTP Services with this port number; the request's Host decides
 * which Service. Source: istio.io/istio pilot/pkg/networking/core/listener.go, buildSidecarOutboundHTTPListenerOpts.
 */
export function outboundHttpListener(port: number, address: Address, caller: Caller): XdsResource {
  const name = `0.0.0.0_${port}`;
  return listener({
    listenerClass: 'outbound',
    name,
    address,
    filter_chains: [httpChain(name, String(port), caller)],
    listener_filters: [httpInspector],
  });
}

/**
 * The listener for the calls of a sidecar's app to one TCP port of one Service: a TCP connection carries no host name, so
 * each port of each Service has its own. Source: listener.go there, buildSidecarOutboundListener.
 */
export function outboundTcpListener(cluster: Cluster, address: Address): XdsResource {
  return listener({
    listenerClass: 'outbound',
    name: `${cluster.fqdn}_${cluster.port}`,
    address,
    filter_chains: [tcpChain([tcpProxy(outboundName(cluster), cluster.policy)])],
  });
}

/**
 * The listener for the calls of a sidecar's app to one port of one Service whose protocol is detected: requests by the routes
 * of this port alone, whatever their Host, and everything else as TCP. Source: as outboundTcpListener, ListenerProtocolAuto.
 */
export function outboundDetectedListener(cluster: Cluster, address: Address, caller: Caller): XdsResource {
  const name = `${cluster.fqdn}_${cluster.port}`;
  const offersMutualTls = cluster.policy.tls !== 'SIMPLE';
  return listener({
    listenerClass: 'outbound',
    name,
    address,
    filter_chains: [httpChain(name, detectedRoutesName(cluster), caller)],
    default_filter_chain: tcpChain([
      ...(offersMutualTls ? [offer(TCP_OFFER)] : []),
      tcpProxy(outboundName(cluster), cluster.policy),
    ]),
    listener_filters: [httpInspector],
  });
}

const CONNECT_TIMEOUT = { transport_socket_connect_timeout: '15s' };

function httpChain(listenerName: string, routes: string, { workload, trustDomain }: Caller): object {
  const manager = httpConnectionManager({
    listenerClass: 'outbound',
    statPrefix: `outbound_${listenerName}`,
    routes: { name: routes },
    filters: httpFilters(),
    tracing: tracing(workload, trustDomain),
  });
  const match = { transport_protocol: 'raw_buffer', application_protocols: ['http/1.1', 'h2c'] };
  return { filter_chain_match: match, filters: [manager], ...CONNECT_TIMEOUT };
}

function tcpChain(filters: Extension[]): object {
  return { filters, ...CONNECT_TIMEOUT };
}
