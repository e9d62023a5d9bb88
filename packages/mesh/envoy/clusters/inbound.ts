import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { inboundName } from '../names.ts';
import { socketAddress, type Address } from '../placement.ts';
import type { Named } from '../types.ts';
import { circuitBreakers } from './breakers.ts';
import { connectTimeout } from './connect-timeout.ts';
import { httpOptions } from './http-options.ts';

/** The way from the sidecar to its own app. Its Service's limits hold here a second time; who is well is not asked again. */
export function inboundCluster({ port, protocol }: InboundPort, app: Address, policy: TrafficPolicy): Named {
  const name = inboundName(port);
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name,
    alt_stat_name: `${name};`,
    type: 'STATIC',
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(app) } }] }],
    },
    ...connectTimeout(policy),
    ...circuitBreakers(policy),
    ...httpOptions(policy, { http2: protocol === 'http2' || protocol === 'grpc' }),
    common_lb_config: {},
  };
}
