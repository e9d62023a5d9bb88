import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { buyUntilAnswered } from '../../support/customer.ts';
import { startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';
import { failedOf, pastDrain, report, told, trafficDuring } from '../../support/traffic.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

/** `count` changes in all, there and back in turn, and then on until every old connection has been cut. */
async function change(count: number, [there, back]: [() => Promise<void>, () => Promise<void>]): Promise<void> {
  for (let index = 0; index < count; index++) await (index % 2 ? back : there)();
  await pastDrain();
}

const MORE = 'test/e2e/lessons/billing-allow-more.yaml';

test.each<[string, () => Promise<void>, () => Promise<void>]>([
  ['AuthorizationPolicies come and go', () => shop.apply(MORE), () => shop.delete(MORE)],
  [
    'PeerAuthentication goes to PERMISSIVE and back to STRICT',
    () => shop.apply('istio/security/permissive.yaml'),
    () => shop.apply('istio/base/strict-mtls.yaml'),
  ],
])(
  'When %s under load, then no request fails, not even when old connections are cut',
  async (name, there, back) => {
    const traffic = await trafficDuring(shop.url, () => change(SIZE.policyChanges, [there, back]));
    report(`${SIZE.policyChanges} changes, ${name}`, traffic);
    expect(told([...traffic.reads, ...traffic.orders])).toEqual([]);
  },
  400_000,
);

test('When a policy really closes the way to billing, then the same load notices, and each order is made once it is open', async () => {
  const DENY = 'test/e2e/lessons/billing-deny-charges.yaml';
  const traffic = await trafficDuring(shop.url, async () => {
    await shop.apply(DENY);
    await wait(5_000);
    await shop.delete(DENY);
  });
  report('a DENY for five seconds', traffic);
  const failed = failedOf(traffic.orders);
  // Five seconds of orders at the least, one more or less at each end.
  expect(failed.length).toBeGreaterThanOrEqual(5 * SIZE.checkoutsPerSecond - 2);
  for (const { wanted } of failed) expect((await buyUntilAnswered(shop.url, wanted!)).status).toBe(201);
}, 120_000);
