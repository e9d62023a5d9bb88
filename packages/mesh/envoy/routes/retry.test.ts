import { retryPolicy } from './retry.ts';
import { describe, expect, test } from '@jest/globals';

describe('retryPolicy', () => {
  test('When retries are not set, then there are two, only for requests that had no effect', () => {
    expect(retryPolicy(undefined, false)).toMatchObject({
      num_retries: 2,
      retry_on: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
    });
    expect(retryPolicy(undefined, false)).not.toHaveProperty('retriable_status_codes');
  });

  test('When there are no attempts, then there is no policy', () => {
    expect(retryPolicy({ attempts: 0, retryOn: '5xx' }, false)).toBeUndefined();
  });

  test('When conditions include numbers, then these are status codes, and their condition is listed once', () => {
    expect(retryPolicy({ attempts: 1, retryOn: '5xx, 409,503' }, false)).toMatchObject({
      retry_on: '5xx,retriable-status-codes',
      retriable_status_codes: [409, 503],
    });
    expect(retryPolicy({ attempts: 1, retryOn: 'retriable-status-codes,503' }, false)).toMatchObject({
      retry_on: 'retriable-status-codes',
    });
  });

  test('When a hash chooses the host, then a retry may use the same host', () => {
    expect(retryPolicy(undefined, true)).not.toHaveProperty('retry_host_predicate');
    expect(retryPolicy(undefined, false)).toHaveProperty('retry_host_predicate');
  });
});
