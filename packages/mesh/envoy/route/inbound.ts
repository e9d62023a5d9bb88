import type { InboundPort } from '../../model/workloads/workload.ts';
import { inboundName } from '../names.ts';

/**
 * Everything to the app. Timeouts, faults and retries are the caller's; here only a request that never left is tried
 * again, and no gRPC call. Source: istio.io/istio pilot/pkg/networking/core, buildSidecarInboundHTTPRouteConfig.
 */
export function inboundRoutes({ port, protocol, service }: InboundPort): object {
  const cluster = inboundName(port);
  const route = {
    cluster,
    timeout: '0s',
    ...(protocol !== 'grpc' && { retry_policy: { retry_on: 'reset-before-request', num_retries: 2 } }),
    max_stream_duration: { max_stream_duration: '0s', grpc_timeout_header_max: '0s' },
  };
  const decorator = { operation: `${service?.fqdn ?? ''}:${service?.port ?? 0}/*` };
  const routes = [{ name: 'default', match: { prefix: '/' }, route, decorator }];
  return {
    name: cluster,
    virtual_hosts: [{ name: `inbound|http|${service?.port ?? 0}`, domains: ['*'], routes }],
    validate_clusters: false,
  };
}
