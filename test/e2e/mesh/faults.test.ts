import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { agrees, centralRange } from '@tuesday/statistics';
import { type Answer, buy, buyUntilAnswered, purchase, send } from '../../support/customer.ts';
import { SIZE } from '../../support/size.ts';
import { startShop } from '../../support/shop.ts';
import { repeat } from '../../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

const n = SIZE.fault;
// Services that have just started are half as fast: warm them up, so that only the fault makes answers late.
beforeAll(() => repeat(100, () => buy(shop.url, purchase())), 60_000);

interface Timed extends Answer {
  ms: number;
}
const purchases = (change: { customer?: string } = {}) => Array.from({ length: n }, () => purchase(change));

/** Sends each purchase once, as fast as possible. */
const buyEach = (wanted = purchases()) => repeat(n, (index) => buy(shop.url, wanted[index]!));

/** The same with few at once, and the time of each answer: then only the fault makes answers late, on a busy machine too. */
const buySlowly = (atOnce = 4): Promise<Timed[]> =>
  repeat(
    n,
    async () => {
      const start = performance.now();
      const answer = await buy(shop.url, purchase());
      return { ...answer, ms: performance.now() - start };
    },
    atOnce,
  );
const statuses = (answers: Answer[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const say = (what: string, hits: number, p: number) => {
  const { low, high } = centralRange({ n, p });
  console.info(`${what}: ${hits} of ${n}; ${p * 100} % would be ${low} to ${high}`);
};
const refused = (answers: Answer[]) => answers.filter(({ status }) => status === 503).length;
const late = (answers: Timed[]) => answers.filter(({ ms }) => ms >= 1_000).length;
const degraded = (answers: Answer[]) => answers.filter(({ body }) => body['degraded'] === true).length;

test('When no fault is in force, then no checkout is rejected, and far fewer are late or degraded than with a fault', async () => {
  const answers = await buySlowly();
  say('checkouts refused', refused(answers), 0.25);
  say('checkouts that took a second', late(answers), 0.25);
  say('checkouts degraded', degraded(answers), 0.5);
  expect(statuses(answers)).toEqual({ 201: n });
  // A busy machine makes a few answers late too, so these two numbers are not exactly zero.
  expect(late(answers)).toBeLessThan(centralRange({ n, p: 0.25 }).low);
  expect(degraded(answers)).toBeLessThan(centralRange({ n, p: 0.5 }).low);
  const asked = await repeat(n, () => send(`${shop.url}/api/recommendations?sku=tent-2p`));
  expect(statuses(asked)).toEqual({ 200: n });
}, 240_000);

describe('billing-abort', () => {
  const file = 'istio/faults/billing-abort.yaml';
  const p = 0.25;

  test('When a quarter of the charges fails, then a quarter of the checkouts fails, and each buys once when it is repeated', async () => {
    await shop.apply(file);
    // One customer, so that one query finds all orders.
    const wanted = purchases({ customer: `customer-${randomUUID()}` });
    const answers = await buyEach(wanted);
    const hits = refused(answers);
    say('checkouts refused', hits, p);
    expect(statuses(answers)).toEqual({ 201: n - hits, 503: hits });
    expect(agrees(hits, { n, p })).toBe(true);
    for (const { status, headers } of answers) if (status === 503) expect(headers['retry-after']).toBeDefined();

    const again = await repeat(n, (index) => buyUntilAnswered(shop.url, wanted[index]!));
    expect(statuses(again)).toEqual({ 201: n });
    const ids = again.map(({ body }) => (body['order'] as { id: string }).id);
    expect(new Set(ids).size).toBe(n);
    const orders = await shop.sql<{ id: string }>('checkout', 'select id from orders where customer_id = $1', [
      wanted[0]!.customer,
    ]);
    expect(orders.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const charges = await shop.sql<{ of: string }>(
      'billing',
      `select order_id as of from charges where order_id = any(string_to_array($1, ',')::uuid[])`,
      [ids.join()],
    );
    expect(charges.map(({ of }) => of).sort()).toEqual([...ids].sort());
  }, 240_000);

  test('When another rate is in force, then the check detects it', async () => {
    await shop.apply('test/e2e/lessons/billing-abort-most.yaml');
    const hits = refused(await buyEach());
    say('60 % refused', hits, p);
    expect(agrees(hits, { n, p })).toBe(false);
  }, 240_000);

  test('When the gateway retries orders, then the check detects that faults are hidden', async () => {
    await shop.apply(file, 'test/e2e/lessons/orders-retried.yaml');
    const hits = refused(await buyEach());
    say('refused behind a retry', hits, p);
    expect(agrees(hits, { n, p })).toBe(false);
  }, 240_000);
});

describe('billing-delay', () => {
  const p = 0.25;

  test('When a quarter of the charges is a second late, then a quarter of the checkouts is late, and none fails', async () => {
    await shop.apply('istio/faults/billing-delay.yaml');
    const answers = await buySlowly();
    say('checkouts that took a second', late(answers), p);
    expect(statuses(answers)).toEqual({ 201: n });
    expect(agrees(late(answers), { n, p })).toBe(true);
  }, 240_000);

  test('When another rate is in force, then the check detects it', async () => {
    await shop.apply('test/e2e/lessons/billing-delay-most.yaml');
    const hits = late(await buySlowly(8));
    say('60 % late', hits, p);
    expect(agrees(hits, { n, p })).toBe(false);
  }, 240_000);
});

describe('recommendations-abort', () => {
  const file = 'istio/faults/recommendations-abort.yaml';
  const readAll = () => repeat(n, () => send(`${shop.url}/api/recommendations?sku=tent-2p`));

  // Envoy injects the fault before the router, which makes the retries: the retries of this route do not apply.
  test('When half of the requests to recommendations fails, then half of the checkouts is degraded, and none fails', async () => {
    await shop.apply(file);
    const answers = await buyEach();
    say('checkouts degraded', degraded(answers), 0.5);
    expect(statuses(answers)).toEqual({ 201: n });
    expect(agrees(degraded(answers), { n, p: 0.5 })).toBe(true);
  }, 240_000);

  // Here the gateway's router is before the fault and retries storefront once. Half of a half fails twice.
  test('When half of the requests to recommendations fails, then a quarter of the page’s requests fails', async () => {
    await shop.apply(file);
    const answers = await readAll();
    const hits = refused(answers);
    say('/api/recommendations refused', hits, 0.25);
    expect(statuses(answers)).toEqual({ 200: n - hits, 503: hits });
    expect(agrees(hits, { n, p: 0.25 })).toBe(true);
  }, 240_000);

  test('When another rate is in force, then both checks detect it', async () => {
    await shop.apply('test/e2e/lessons/recommendations-abort-few.yaml');
    const [bought, asked] = [degraded(await buyEach()), refused(await readAll())];
    say('15 % degraded', bought, 0.5);
    say('15 % of 15 % refused', asked, 0.25);
    expect([agrees(bought, { n, p: 0.5 }), agrees(asked, { n, p: 0.25 })]).toEqual([false, false]);
  }, 240_000);
});
