import type { Workload } from '../../model/workloads/workload.ts';
import { httpFilters } from '../http-filters/order.ts';
import { httpRbacFilters } from '../http-filters/rbac.ts';
import { gatewayRoutesName } from '../names.ts';
import { httpConnectionManager } from '../network-filters/http-connection-manager.ts';
import type { Placement } from '../placement.ts';
import { tracing } from '../tracing.ts';
import type { Named } from '../types.ts';
import { listener } from './listener.ts';

export interface Gateway {
  workload: Workload;
  placement: Placement;
  trustDomain: string;
  /** Every port of the pod on which it serves: policies name them. */
  ports: ReadonlySet<number>;
}

/** Where the world comes in, in plaintext (PeerAuthentication binds no Gateway). Policies are asked here as at a callee. */
export function gatewayListener(port: number, { workload, placement, trustDomain, ports }: Gateway): Named {
  const seen = (written: number) => (ports.has(written) ? placement.gateway(written).port : written);
  const manager = httpConnectionManager({
    place: 'gateway',
    statPrefix: `outbound_0.0.0.0_${port}`,
    routes: { name: gatewayRoutesName(port) },
    filters: httpFilters(httpRbacFilters(workload.policies, seen)),
    tracing: tracing(workload, trustDomain),
  });
  return listener({
    place: 'gateway',
    name: `0.0.0.0_${port}`,
    address: placement.gateway(port),
    filter_chains: [{ filters: [manager], transport_socket_connect_timeout: '15s' }],
  });
}
