import { z } from 'zod';
import { count, strict } from '../schema.ts';
import { duration } from './duration.ts';

/** Source: istio/istio, pkg/config/validation, supportedRetryOnPolicies. HTTP status codes are accepted as well. */
const CONDITIONS = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

const retryOn = z.string().superRefine((text, context) => {
  const unknown =
    text === '' ? undefined : text.split(',').find((one) => !CONDITIONS.has(one) && !/^[1-5]\d\d$/.test(one));
  if (unknown !== undefined)
    context.addIssue({
      code: 'custom',
      message: `must name conditions of Envoy or statuses, parted by commas without blanks; "${unknown}" is neither`,
    });
});

/** How often and when a failed request is sent again. 0 attempts: never. */
export const retries = strict({
  attempts: count.default(0),
  perTryTimeout: duration.optional(),
  retryOn: retryOn.optional(),
  retryRemoteLocalities: z.boolean().optional(),
  backoff: duration.optional(),
}).refine(
  ({ attempts, perTryTimeout, retryOn: when, retryRemoteLocalities }) =>
    attempts > 0 || (perTryTimeout === undefined && !when && retryRemoteLocalities === undefined),
  { error: 'must say how many attempts, above 0, where it says more about them', path: ['attempts'] },
);
