import type { Retries } from '../../model/routing/route.ts';
import { seconds } from '../protobuf.ts';

const DEFAULT: Retries = { attempts: 2 };
const CONDITIONS = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

const TYPE = 'type.googleapis.com/envoy.extensions.retry';

const PREVIOUS_HOSTS = {
  name: 'envoy.retry_host_predicates.previous_hosts',
  typed_config: { '@type': `${TYPE}.host.previous_hosts.v3.PreviousHostsPredicate` },
};

const PREVIOUS_PRIORITIES = {
  name: 'envoy.retry_priorities.previous_priorities',
  typed_config: { '@type': `${TYPE}.priority.previous_priorities.v3.PreviousPrioritiesConfig`, update_frequency: 2 },
};

/**
 * A VirtualService's `retries`. Istio's default is two retries, only of requests that had no effect; 0 attempts give no
 * policy (undefined). `sticky`: a hash chooses the host, so a retry may go to the same host again.
 * Source: istio.io/istio pilot/pkg/networking/core/route/retry/retry.go, ConvertPolicy and DefaultPolicy.
 */
export function retryPolicy(retries: Retries = DEFAULT, sticky: boolean): object | undefined {
  if (retries.attempts === 0) return undefined;
  const { on, codes } = conditions(retries.retryOn || CONDITIONS);
  return {
    retry_on: on,
    num_retries: retries.attempts,
    ...(retries.perTryTimeout && { per_try_timeout: seconds(retries.perTryTimeout) }),
    ...(retries.retryRemoteLocalities && { retry_priority: PREVIOUS_PRIORITIES }),
    ...(!sticky && { retry_host_predicate: [PREVIOUS_HOSTS] }),
    host_selection_retry_max_attempts: '5',
    ...(codes.length > 0 && { retriable_status_codes: codes }),
    ...(retries.backoff && { retry_back_off: { base_interval: seconds(retries.backoff) } }),
  };
}

// A number among the conditions is a status code. Envoy has a list for those, and a condition that switches the list on.
function conditions(retryOn: string) {
  const parts = retryOn.split(',').map((part) => part.trim());
  const codes = parts.filter((part) => /^\d+$/.test(part)).map(Number);
  const words = parts.filter((part) => part !== '' && !/^\d+$/.test(part));
  if (codes.length > 0 && !words.includes('retriable-status-codes')) words.push('retriable-status-codes');
  return { on: words.join(','), codes };
}
