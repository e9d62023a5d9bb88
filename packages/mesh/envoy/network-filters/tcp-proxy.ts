import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../seconds.ts';
import type { Extension } from '../types.ts';

/** Bytes from here to a cluster. With its policy, as a caller's: how long a connection may live, and who hashes to whom. */
export function tcpProxy(cluster: string, policy: TrafficPolicy = {}): Extension {
  const lifetime = policy.connectionPool?.tcp?.maxConnectionDurationMs;
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
