import type { Fault } from '../../model/routing/route.ts';
import { type Extension, type TypedConfig, perMillion, seconds } from '../protobuf.ts';

const NAME = 'envoy.filters.http.fault';
const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault';

/** The filter in every HTTP connection manager: it does nothing until a route configures it. */
export const faultFilter: Extension = { name: NAME, typed_config: { '@type': TYPE } };

/**
 * A VirtualService's `fault` as the per-route configuration of the caller's outbound route.
 *
 * Istio injects faults at the caller, before the router: the callee's sidecar never sees an aborted request, no retry
 * repeats it, and the route's timeout does not count an injected delay. Without a percentage it affects no request. Source: istio.io/api
 * networking/v1/virtual_service.proto, HTTPFaultInjection; istio.io/istio pilot/pkg/networking/core/route/route.go, TranslateFault.
 */
export function faultOnRoute({ delay, abort }: Fault): Record<string, TypedConfig> {
  return {
    [NAME]: {
      '@type': TYPE,
      ...(delay && {
        delay: {
          fixed_delay: seconds(delay.milliseconds),
          percentage: delay.percentage === undefined ? {} : perMillion(delay.percentage),
        },
      }),
      ...(abort && {
        abort: {
          http_status: abort.httpStatus,
          ...(abort.percentage !== undefined && { percentage: perMillion(abort.percentage) }),
        },
      }),
    },
  };
}
