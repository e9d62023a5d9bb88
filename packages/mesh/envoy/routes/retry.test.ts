import { retryPolicy } from './retry.ts';
import { describe, expect, test } from '@jest/globals';

describe('retryPolicy', () => {
  test('When nothing is said, then twice, and only what cannot have had an effect', () => {
    expect(retryPolicy(undefined, false)).toMatchObject({
      num_retries: 2,
      retry_on: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
    });
    expect(retryPolicy(undefined, false)).not.toHaveProperty('retriable_status_codes');
  });

  test('When there are no attempts, then there is no policy', () => {
    expect(retryPolicy({ attempts: 0, retryOn: '5xx' }, false)).toBeUndefined();
  });

  test('When numbers stand among the conditions, then they are status codes, and the word for them is said once', () => {
    expect(retryPolicy({ attempts: 1, retryOn: '5xx, 409,503' }, false)).toMatchObject({
      retry_on: '5xx,retriable-status-codes',
      retriable_status_codes: [409, 503],
    });
    expect(retryPolicy({ attempts: 1, retryOn: 'retriable-status-codes,503' }, false)).toMatchObject({
      retry_on: 'retriable-status-codes',
    });
  });

  test('When a hash decides about the host, then a retry may meet the same one', () => {
    expect(retryPolicy(undefined, true)).not.toHaveProperty('retry_host_predicate');
    expect(retryPolicy(undefined, false)).toHaveProperty('retry_host_predicate');
  });
});
