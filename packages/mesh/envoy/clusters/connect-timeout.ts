import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import { seconds } from '../seconds.ts';

/** How long a connection may take to be made; Istio's default is 10 s. */
export function connectTimeout({ connectionPool }: TrafficPolicy): object {
  return { connect_timeout: seconds(connectionPool?.tcp?.connectTimeoutMs ?? 10_000) };
}
