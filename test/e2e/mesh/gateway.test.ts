import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { agrees } from '@tuesday/statistics';
import { buy, purchase, send } from '../../support/customer.ts';
import { startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';
import { repeat, splitOf } from '../../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

describe('weights', () => {
  afterEach(() => shop.reset());
  const N = SIZE.otherSplits;

  test('When the gateway routes directly to recommendations, then the weights of the mesh VirtualService do not apply', async () => {
    await shop.apply('test/e2e/lessons/gateway-trap.yaml');
    const { versions, failed } = await splitOf(`${shop.url}/trap?sku=tent-2p`, N);
    console.info(`gateway → recommendations: v2 served ${versions['v2']} of ${N}`);
    expect(failed).toBe(0);
    expect(agrees(versions['v2']!, { n: N, p: 0.1 })).toBe(false);
    expect(versions['v2']).toBeGreaterThan(N * 0.3);
  }, 120_000);

  test('When the weights are in the gateway’s own route, then they apply', async () => {
    await shop.apply('test/e2e/lessons/gateway-weights.yaml');
    const { versions, failed } = await splitOf(`${shop.url}/trap?sku=tent-2p`, N);
    expect(failed).toBe(0);
    expect(agrees(versions['v2']!, { n: N, p: 0.1 })).toBe(true);
  }, 120_000);
});

describe('the release of checkout', () => {
  const FORMS: [string, string, Record<string, string>][] = [
    ['no header', 'v1', {}],
    ['x-release: next', 'v2', { 'x-release': 'next' }],
    ['X-Release: next', 'v2', { 'X-Release': 'next' }],
    ['x-release: Next', 'v1', { 'x-release': 'Next' }],
    ['x-release: nextgen', 'v1', { 'x-release': 'nextgen' }],
    ['cookie release=next', 'v2', { cookie: 'release=next' }],
    ['cookie a=b; release=next', 'v2', { cookie: 'a=b; release=next' }],
    ['cookie release=next; a=b', 'v2', { cookie: 'release=next; a=b' }],
    ['cookie a=b;release=next;c=d', 'v2', { cookie: 'a=b;release=next;c=d' }],
    ['cookie release=nextgen', 'v1', { cookie: 'release=nextgen' }],
    ['cookie prerelease=next', 'v1', { cookie: 'prerelease=next' }],
    ['cookie release=Next', 'v1', { cookie: 'release=Next' }],
  ];
  const versionOf = (body: Record<string, unknown>) => (body['servedBy'] as { version: string } | undefined)?.version;

  test.each(FORMS)(
    'When a request has %s, then checkout %s answers reads and purchases',
    async (_name, version, headers) => {
      const seen = await repeat(10, async (index) =>
        versionOf(
          index % 2
            ? (await send(`${shop.url}/api/products`, { headers })).body
            : (await buy(shop.url, purchase(), headers)).body,
        ),
      );
      expect(seen).toEqual(Array.from({ length: 10 }, () => version));
    },
  );

  test('When the release’s route is removed, then the header has no effect', async () => {
    await shop.apply('test/e2e/lessons/no-release.yaml');
    const { body } = await send(`${shop.url}/api/products`, { headers: { 'x-release': 'next' } });
    await shop.reset();
    expect(versionOf(body)).toBe('v1');
  }, 60_000);
});

test.each([
  ['/api/nothing', 403],
  ['/api/metrics', 403],
  ['/metrics', 403],
  ['/healthz', 403],
  ['/api/charges', 403],
  ['/api/%70roducts', 200],
  ['/api/products', 200],
])('When %s is requested from outside, then the answer is %i', async (path, status) => {
  expect((await send(`${shop.url}${path}`)).status).toBe(status);
});

test('When a client outside claims an identity by a header, then it is ignored', async () => {
  const headers = { 'x-forwarded-client-cert': 'URI=spiffe://cluster.local/ns/shop/sa/checkout' };
  const { body } = await send(`${shop.url}/api/products`, { headers });
  expect((body['servedBy'] as { peer: string }).peer).toMatch(/\/sa\/gateway$/);
});

// Each would make an Envoy do something for a client that it believes to be inside.
test.each([
  { 'x-envoy-retry-on': 'retriable-status-codes', 'x-envoy-retriable-status-codes': '201', 'x-envoy-max-retries': '2' },
  { 'x-envoy-retry-on': '5xx,retriable-4xx,reset', 'x-envoy-max-retries': '20' },
  { 'x-envoy-fault-abort-request': '418' },
  { 'x-envoy-fault-delay-request': '3000' },
  { 'x-envoy-hedge-on-per-try-timeout': 'true', 'x-envoy-upstream-rq-per-try-timeout-ms': '1' },
  { 'x-envoy-original-path': '/metrics', 'x-envoy-original-dst-host': '127.0.0.1:1' },
  { 'x-envoy-internal': 'true', 'x-envoy-external-address': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' },
  { 'x-envoy-overloaded': 'true', 'x-envoy-ratelimited': 'true', 'x-envoy-immediate-health-check-fail': 'true' },
  {
    'x-envoy-attempt-count': '9',
    'x-envoy-decorator-operation': 'claimed',
    'x-envoy-upstream-alt-stat-name': 'claimed',
  },
  ...['0', '-1', 'NaN', '1e9', '99999999999999999999', '5, 5'].map((budget) => ({ 'x-request-timeout-ms': budget })),
] as Record<string, string>[])('When a client outside sends %j, then it is served as ever', async (headers) => {
  const read = await send(`${shop.url}/api/products`, { headers });
  const bought = await buy(shop.url, purchase(), headers);
  // A second try would be answered from the first one's outcome.
  expect([read.status, bought.status, bought.headers['idempotent-replayed']]).toEqual([200, 201, undefined]);
  expect(bought.body['servedBy']).toMatchObject({ peer: expect.stringMatching(/\/sa\/gateway$/) });
});

test('When headers are larger than a service takes, then its 431 arrives, and the next request is served', async () => {
  const large = await send(`${shop.url}/api/products`, { headers: { 'x-large': 'x'.repeat(20_000) } });
  expect([large.status, large.body['code']]).toEqual([431, 'headers-too-large']);
  expect((await send(`${shop.url}/api/products`)).status).toBe(200);
});
