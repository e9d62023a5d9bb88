import type { Retries } from '../../model/routing/route.ts';
import { seconds } from '../seconds.ts';

const DEFAULT: Retries = { attempts: 2 };
const CONDITIONS = 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes';

const PREVIOUS_HOSTS = {
  name: 'envoy.retry_host_predicates.previous_hosts',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
  },
};

const PREVIOUS_PRIORITIES = {
  name: 'envoy.retry_priorities.previous_priorities',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig',
    update_frequency: 2,
  },
};

/**
 * What is tried again, and how often. Without a word of the user Istio retries twice, and only what cannot have had an
 * effect; 0 attempts are none (undefined). `sticky`: a hash decides about the host, so a retry must be allowed to meet it
 * again. Source: istio.io/istio pilot/pkg/networking/core/route/retry.
 */
export function retryPolicy(retries: Retries = DEFAULT, sticky: boolean): object | undefined {
  if (retries.attempts === 0) return undefined;
  const { on, codes } = conditions(retries.retryOn ?? CONDITIONS);
  return {
    retry_on: on,
    num_retries: retries.attempts,
    ...(retries.perTryTimeoutMs && { per_try_timeout: seconds(retries.perTryTimeoutMs) }),
    ...(retries.retryRemoteLocalities && { retry_priority: PREVIOUS_PRIORITIES }),
    ...(!sticky && { retry_host_predicate: [PREVIOUS_HOSTS] }),
    host_selection_retry_max_attempts: '5',
    ...(codes.length > 0 && { retriable_status_codes: codes }),
    ...(retries.backoffMs && { retry_back_off: { base_interval: seconds(retries.backoffMs) } }),
  };
}

// A number among the conditions is a status code; Envoy wants those in a list of their own, and one word that there is one.
function conditions(retryOn: string) {
  const parts = retryOn.split(',').map((part) => part.trim());
  const codes = parts.filter((part) => /^\d+$/.test(part)).map(Number);
  const words = parts.filter((part) => part !== '' && !/^\d+$/.test(part));
  if (codes.length > 0 && !words.includes('retriable-status-codes')) words.push('retriable-status-codes');
  return { on: words.join(','), codes };
}
