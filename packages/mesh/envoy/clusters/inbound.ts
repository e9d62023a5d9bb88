import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import type { InboundPort } from '../../model/workloads/workload.ts';
import { inboundName } from '../names.ts';
import { type Address, oneEndpoint, socketAddress } from '../placement.ts';
import type { XdsResource } from '../protobuf.ts';
import { inboundProtocol } from './protocol.ts';
import { circuitBreakers, connectTimeout, httpOptions } from './traffic-policy.ts';

/**
 * The cluster from a sidecar to its own app. The limits of the Service's `connectionPool` apply here as well, but not
 * its outlier detection. Source: istio.io/istio pilot/pkg/networking/core/cluster_builder.go, buildInboundCluster.
 */
export function inboundCluster({ port, protocol }: InboundPort, app: Address, policy: TrafficPolicy): XdsResource {
  const name = inboundName(port);
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name,
    alt_stat_name: `${name};`,
    type: 'STATIC',
    load_assignment: oneEndpoint(name, socketAddress(app)),
    ...connectTimeout(policy),
    ...circuitBreakers(policy),
    ...httpOptions(policy, { protocol: inboundProtocol(protocol) }),
    common_lb_config: {},
  };
}
