import type { Cluster } from '../../model/policy/traffic-policy.ts';
import type { Workload } from '../../model/workloads/workload.ts';
import { httpConnectionManager } from '../filters/http-connection-manager.ts';
import { httpFilters } from '../filters/http-filters.ts';
import { tcpProxy } from '../filters/tcp-proxy.ts';
import { outboundName } from '../names.ts';
import type { Address } from '../placement.ts';
import type { XdsResource } from '../protobuf.ts';
import { tracing } from '../tracing.ts';
import { httpInspector, listener } from './listener.ts';

/**
 * The listener for the calls of a sidecar's app to all HTTP Services with this port number; the request's Host decides
 * which Service. Source: istio.io/istio pilot/pkg/networking/core/listener.go, buildSidecarOutboundHTTPListenerOpts.
 */
export function outboundHttpListener(
  port: number,
  address: Address,
  caller: { workload: Workload; trustDomain: string },
): XdsResource {
  const manager = httpConnectionManager({
    listenerClass: 'outbound',
    statPrefix: `outbound_0.0.0.0_${port}`,
    routes: { name: String(port) },
    filters: httpFilters([]),
    tracing: tracing(caller.workload, caller.trustDomain),
  });
  return listener({
    listenerClass: 'outbound',
    name: `0.0.0.0_${port}`,
    address,
    filter_chains: [
      {
        filter_chain_match: { transport_protocol: 'raw_buffer', application_protocols: ['http/1.1', 'h2c'] },
        filters: [manager],
        transport_socket_connect_timeout: '15s',
      },
    ],
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
    filter_chains: [
      { filters: [tcpProxy(outboundName(cluster), cluster.policy)], transport_socket_connect_timeout: '15s' },
    ],
  });
}
