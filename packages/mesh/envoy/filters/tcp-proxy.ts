import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { type Extension, seconds } from '../protobuf.ts';

/**
 * The network filter that passes bytes to a cluster. `policy` only on the caller's side: the lifetime of a connection, and
 * consistent hashing by source address, the only hash source that TCP has.
 * Source: istio.io/istio pilot/pkg/networking/core/networkfilter.go, buildOutboundNetworkFiltersWithSingleDestination.
 */
export function tcpProxy(cluster: string, policy: TrafficPolicy = {}): Extension {
  const lifetime = policy.connectionPool?.tcp?.maxConnectionDuration;
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      stat_prefix: cluster,
      cluster,
      ...(hashesBySource(policy) && { hash_policy: [{ source_ip: {} }] }),
      ...(lifetime !== undefined && { max_downstream_connection_duration: seconds(lifetime) }),
    },
  };
}

function hashesBySource({ loadBalancer }: TrafficPolicy): boolean {
  return loadBalancer !== undefined && 'hash' in loadBalancer && loadBalancer.hash.kind === 'sourceIp';
}
