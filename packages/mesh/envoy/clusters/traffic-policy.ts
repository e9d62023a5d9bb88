import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../protobuf.ts';
import type { UpstreamProtocol } from './protocol.ts';

// Each function here gives the fields of an Envoy cluster that one part of a DestinationRule's trafficPolicy decides.
// Source of all: istio.io/istio pilot/pkg/networking/core/cluster_traffic_policy.go, in the functions that are named.

/** `connectionPool.tcp.connectTimeout`; Istio's default is 10 s (applyConnectionPool). */
export function connectTimeout({ connectionPool }: TrafficPolicy): object {
  return { connect_timeout: seconds(connectionPool?.tcp?.connectTimeout ?? 10_000) };
}

// Istio raises Envoy's defaults (1024 connections, 3 concurrent retries) to the highest number: only a user sets a limit.
const UNLIMITED = 4_294_967_295;

/** The limits of `connectionPool`; 0 and absent are no limit (applyConnectionPool, getDefaultCircuitBreakerThresholds). */
export function circuitBreakers({ connectionPool }: TrafficPolicy): object {
  const { tcp, http } = connectionPool ?? {};
  const threshold = {
    max_connections: tcp?.maxConnections || UNLIMITED,
    max_pending_requests: http?.http1MaxPendingRequests || UNLIMITED,
    max_requests: http?.http2MaxRequests || UNLIMITED,
    max_retries: http?.maxRetries || UNLIMITED,
  };
  return { circuit_breakers: { thresholds: [threshold] } };
}

/**
 * `loadBalancer`; Istio's default is LEAST_REQUEST, Envoy's is ROUND_ROBIN, which is therefore not written
 * (applyLoadBalancer).
 */
export function loadBalancing({ loadBalancer }: TrafficPolicy): object {
  if (loadBalancer === undefined) return { lb_policy: 'LEAST_REQUEST' };
  if ('hash' in loadBalancer) {
    const minimum_ring_size = String(loadBalancer.minimumRingSize ?? 1024);
    return { lb_policy: 'RING_HASH', ring_hash_lb_config: { minimum_ring_size } };
  }
  return loadBalancer.simple === 'ROUND_ROBIN' ? {} : { lb_policy: loadBalancer.simple };
}

/**
 * `outlierDetection`: hosts are ejected for a while after failures (applyOutlierDetection). Istio counts failures and
 * switches Envoy's success-rate statistics off. Even the last host may be ejected, because the panic threshold is
 * `minHealthPercent`, or 0. A `maxEjectionPercent` of 0 is not written: Envoy's default of 10 applies.
 */
export function outlierDetection({ outlierDetection: detection }: TrafficPolicy): object {
  if (detection === undefined) return { common_lb_config: { healthy_panic_threshold: {} } };
  const { interval, baseEjectionTime, maxEjectionPercent, minHealthPercent = 0 } = detection;
  return {
    outlier_detection: {
      ...failures('consecutive_5xx', detection.consecutive5xxErrors),
      ...(interval !== undefined && { interval: seconds(interval) }),
      ...(baseEjectionTime !== undefined && { base_ejection_time: seconds(baseEjectionTime) }),
      ...(maxEjectionPercent !== undefined && maxEjectionPercent > 0 && { max_ejection_percent: maxEjectionPercent }),
      enforcing_success_rate: 0,
      ...failures('consecutive_gateway_failure', detection.consecutiveGatewayErrors),
    },
    common_lb_config: { healthy_panic_threshold: minHealthPercent === 0 ? {} : { value: minHealthPercent } },
  };
}

// A count of 0 switches this kind of ejection off.
function failures(name: string, count: number | undefined): object {
  return count === undefined ? {} : { [name]: count, [`enforcing_${name}`]: count === 0 ? 0 : 100 };
}

const HTTP_OPTIONS = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

const PROTOCOLS: Record<UpstreamProtocol, object> = {
  http1: { explicit_http_config: { http_protocol_options: {} } },
  http2: { explicit_http_config: { http2_protocol_options: {} } },
  downstream: { use_downstream_protocol_config: { http_protocol_options: {}, http2_protocol_options: {} } },
};

export interface HttpOptions {
  protocol: UpstreamProtocol;
  /** TLS sends the request's host as SNI, and the callee's certificate must have that name. */
  hostAsSni?: boolean;
}

/**
 * The protocol, and the limits of `connectionPool` for connections; nothing where all of it is Envoy's default
 * (applyConnectionPool, and setUpstreamProtocol in cluster_builder.go).
 */
export function httpOptions({ connectionPool }: TrafficPolicy, { protocol, hostAsSni }: HttpOptions): object {
  const { tcp, http } = connectionPool ?? {};
  const lifetime = tcp?.maxConnectionDuration;
  const common = {
    ...(http?.idleTimeout !== undefined && { idle_timeout: seconds(http.idleTimeout) }),
    ...(lifetime !== undefined && { max_connection_duration: seconds(lifetime) }),
    ...(http?.maxRequestsPerConnection && { max_requests_per_connection: http.maxRequestsPerConnection }),
  };
  const hasCommon = Object.keys(common).length > 0;
  if (!hasCommon && protocol === 'http1' && !hostAsSni) return {};
  return {
    typed_extension_protocol_options: {
      [HTTP_OPTIONS]: {
        '@type': `type.googleapis.com/${HTTP_OPTIONS}`,
        ...(hasCommon && { common_http_protocol_options: common }),
        ...(hostAsSni && { upstream_http_protocol_options: { auto_sni: true, auto_san_validation: true } }),
        ...PROTOCOLS[protocol],
      },
    },
  };
}
