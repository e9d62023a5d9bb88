import type { Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../http-filters/order.ts';
import { httpConnectionManager } from '../network-filters/http-connection-manager.ts';
import type { Address } from '../placement.ts';
import { tracing } from '../tracing.ts';
import type { Named } from '../types.ts';
import { httpInspector } from './inspectors.ts';
import { listener } from './listener.ts';

/** Where a sidecar's app meets all HTTP Services of one port number; the Host that it asks for tells them apart. */
export function outboundHttpListener(
  port: number,
  address: Address,
  caller: { workload: Workload; trustDomain: string },
): Named {
  const manager = httpConnectionManager({
    place: 'outbound',
    statPrefix: `outbound_0.0.0.0_${port}`,
    routes: { name: String(port) },
    filters: httpFilters([]),
    tracing: tracing(caller.workload, caller.trustDomain),
  });
  return listener({
    place: 'outbound',
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
