import type { Cluster } from '../../model/policy/traffic-policy.ts';
import { outboundName } from '../names.ts';
import { tcpProxy } from '../network-filters/tcp-proxy.ts';
import type { Address } from '../placement.ts';
import type { Named } from '../types.ts';
import { listener } from './listener.ts';

/** Where a sidecar's app meets one TCP port of one Service: bytes carry no name, so each has a listener of its own. */
export function outboundTcpListener(cluster: Cluster, address: Address): Named {
  return listener({
    place: 'outbound',
    name: `${cluster.fqdn}_${cluster.port}`,
    address,
    filter_chains: [
      { filters: [tcpProxy(outboundName(cluster), cluster.policy)], transport_socket_connect_timeout: '15s' },
    ],
  });
}
