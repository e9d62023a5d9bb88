import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { type Answer, type Purchase, buy, buyUntilAnswered, purchase } from '../../support/customer.ts';
import { startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

/** Milliseconds: a proxy lets connections made under the old policy go on for 45 s, and then cuts them. */
const PAST_DRAIN = 55_000;

interface Sample {
  at: string;
  wanted: Purchase;
  answer: Answer;
}

/** Customers buy, whatever the answers, until `action` has ended. */
async function whileBuying(action: () => Promise<void>): Promise<Sample[]> {
  const samples: Promise<Sample>[] = [];
  const timer = setInterval(() => {
    const [wanted, at] = [purchase(), new Date().toISOString()];
    samples.push(buy(shop.url, wanted).then((answer) => ({ at, wanted, answer })));
  }, 1_000 / SIZE.checkoutsPerSecond);
  try {
    await action();
  } finally {
    clearInterval(timer);
  }
  return Promise.all(samples);
}
const failedOf = (samples: Sample[]) => samples.filter(({ answer }) => answer.status !== 201);
const told = (samples: Sample[]) =>
  failedOf(samples).map(({ at, answer: { status, body } }) => `${at} ${status} ${JSON.stringify(body)}`);

/** `count` changes in all, there and back in turn, and then on until every old connection has been cut. */
async function change(count: number, [there, back]: [() => Promise<void>, () => Promise<void>]): Promise<void> {
  for (let index = 0; index < count; index++) await (index % 2 ? back : there)();
  await wait(PAST_DRAIN);
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
  'When %s under load, then no checkout fails, not even when old connections are cut',
  async (name, there, back) => {
    const samples = await whileBuying(() => change(SIZE.policyChanges, [there, back]));
    console.info(`${SIZE.policyChanges} changes, ${name}: failed ${failedOf(samples).length} of ${samples.length}`);
    expect(told(samples)).toEqual([]);
  },
  400_000,
);

test('When a policy really closes the way to billing, then the same load notices, and each order is made once it is open', async () => {
  const DENY = 'test/e2e/lessons/billing-deny-charges.yaml';
  const samples = await whileBuying(async () => {
    await shop.apply(DENY);
    await wait(5_000);
    await shop.delete(DENY);
  });
  const failed = failedOf(samples);
  console.info(`a DENY for five seconds: failed ${failed.length} of ${samples.length}`);
  // Five seconds of orders at the least, one more or less at each end.
  expect(failed.length).toBeGreaterThanOrEqual(5 * SIZE.checkoutsPerSecond - 2);
  for (const { wanted } of failed) expect((await buyUntilAnswered(shop.url, wanted)).status).toBe(201);
}, 120_000);
