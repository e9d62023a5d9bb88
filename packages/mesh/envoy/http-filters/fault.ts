import type { Fault } from '../../model/routing/route.ts';
import { perMillion } from '../percent.ts';
import { seconds } from '../seconds.ts';
import type { Extension, TypedConfig } from '../types.ts';

const NAME = 'envoy.filters.http.fault';
const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault';

/** The filter as every HTTP connection manager carries it: idle until a route configures it. */
export const faultFilter: Extension = { name: NAME, typed_config: { '@type': TYPE } };

/**
 * A VirtualService's `fault` as the per-route configuration of the caller's outbound route.
 *
 * Istio injects faults at the caller, before the router: the callee's sidecar never sees an aborted request, no retry
 * repeats it, and an injected delay is not counted by the route's timeout
 * (istio.io/api networking/v1/virtual_service.proto, HTTPFaultInjection; Envoy's fault filter precedes its router).
 */
export function faultOnRoute({ delay, abort }: Fault): Record<string, TypedConfig> {
  return {
    [NAME]: {
      '@type': TYPE,
      ...(delay && { delay: { fixed_delay: seconds(delay.milliseconds), percentage: perMillion(delay.percentage) } }),
      ...(abort && { abort: { http_status: abort.httpStatus, percentage: perMillion(abort.percentage) } }),
    },
  };
}
