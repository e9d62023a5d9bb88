import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { buyUntilAnswered } from '../../support/customer.ts';
import { startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';
import { type Sample, failedOf, waitForDrain, report, failureLines, trafficDuring } from '../../support/traffic.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

const MORE = 'test/e2e/lessons/billing-allow-more.yaml';

/** The changes, each made and undone in turn. */
const CHANGES: [what: string, count: number, there: () => Promise<void>, back: () => Promise<void>][] = [
  [
    'recommendations to 50/50 and back',
    SIZE.weightChanges,
    () => shop.apply('istio/canary/50.yaml'),
    () => shop.apply('istio/base/recommendations.yaml'),
  ],
  ['an AuthorizationPolicy comes and goes', SIZE.policyChanges, () => shop.apply(MORE), () => shop.delete(MORE)],
  [
    'a PeerAuthentication to PERMISSIVE and back to STRICT',
    SIZE.policyChanges,
    () => shop.apply('istio/security/permissive.yaml'),
    () => shop.apply('istio/base/strict-mtls.yaml'),
  ],
];

/** Repeats purchases that failed, each with its key. */
async function eachSucceedsRepeated(failed: Sample[]): Promise<void> {
  for (const { wanted } of failed) expect((await buyUntilAnswered(shop.url, wanted!)).status).toBe(201);
}

/**
 * The mesh repeats no POST: one that is under way on a connection that Envoy cuts fails, and its customer repeats it. Four of
 * 1,198 did on a cluster where a policy changed every 1.2 s for five minutes.
 */
const mayFail = (purchases: number) => Math.floor(purchases / 100);

test(`When weights and policies change under load, then no read fails, and at most one purchase in 100, until it is repeated${SIZE.drain ? ', also when old connections are cut' : ''}`, async () => {
  const traffic = await trafficDuring(shop.url, async () => {
    for (const [, count, there, back] of CHANGES)
      for (let index = 0; index < count; index++) await (index % 2 ? back : there)();
    if (SIZE.drain) await waitForDrain();
  });
  report(CHANGES.map(([what, count]) => `${count} × ${what}`).join(', '), traffic);
  expect(failureLines(traffic.reads)).toEqual([]);
  const failed = failedOf(traffic.orders);
  expect(failed.length).toBeLessThanOrEqual(mayFail(traffic.orders.length));
  await eachSucceedsRepeated(failed);
}, 600_000);

test('When a policy denies calls to billing, then the same load detects it, and each order is made after the policy is removed', async () => {
  const DENY = 'test/e2e/lessons/billing-deny-charges.yaml';
  const traffic = await trafficDuring(shop.url, async () => {
    await shop.apply(DENY);
    await wait(5_000);
    await shop.delete(DENY);
  });
  report('a DENY for five seconds', traffic);
  const failed = failedOf(traffic.orders);
  // At least the orders of five seconds, minus one at each end.
  expect(failed.length).toBeGreaterThanOrEqual(5 * SIZE.checkoutsPerSecond - 2);
  await eachSucceedsRepeated(failed);
}, 120_000);
