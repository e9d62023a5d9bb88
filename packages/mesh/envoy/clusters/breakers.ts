import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';

// Istio opens all of Envoy's limits (1024 connections, 3 retries at once) as far as they go: a limit is the user's to set.
const UNLIMITED = 4_294_967_295;

/** How much may be under way to one cluster; 0 and absent are no limit. */
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
