import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Acknowledged, QUESTIONS, audit, readBooks, settled } from '../support/audit.ts';
import { buy, buyUntilAnswered, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { openLoop, quantile } from '../support/load.ts';
import { startShop } from '../support/shop.ts';
import { SIZE } from '../support/size.ts';
import { repeat } from '../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

const acknowledged: Acknowledged[] = [];
const SKUS = ['tent-2p', 'headlamp', 'stove', 'thermos', 'cookset', 'rain-jacket'];
const next = (index: number) =>
  purchase({
    items: [{ sku: SKUS[index % SKUS.length]!, quantity: 1 + (index % 3) }],
    paymentMethod: index % 20 === 7 ? 'tok_declined' : 'tok_visa',
  });
/** The same with a provider whose answers are lost or that is away now and then. */
const nextWithTrouble = (index: number) => ({
  ...next(index),
  ...(index % 10 === 3 && { paymentMethod: index % 20 === 3 ? 'tok_lost' : 'tok_away' }),
});

function remember(customer: string, body: Record<string, unknown>): void {
  const order = body['order'] as { id: string; status: string; amount: { minor: number } };
  acknowledged.push({ customer, order: order.id, status: order.status, minor: order.amount.minor });
}

async function settledBooks() {
  await eventually(async () => settled(await readBooks(shop)));
  // Four databases cannot be read at the same moment, and an event may be delivered in between: now everything is settled, so read again.
  return readBooks(shop);
}

async function buyAndRemember(index: number): Promise<number> {
  const wanted = next(index);
  const { status, body } = await buy(shop.url, wanted);
  if (status === 201 || status === 402) remember(wanted.customer, body);
  return status;
}

const COUNT = SIZE.customers;
/** The highest rate of the customers in this run. Customers who do not wait for each other never let an overloaded shop recover. */
let highestRate = 0;
const rateOf = (planned: number) => Math.min(planned, highestRate);

// The first half compiles the code of a new shop in V8; the second half measures. The loop is closed: it cannot overload the shop.
beforeAll(async () => {
  const half = SIZE.warmUp / 2;
  await repeat(half, buyAndRemember);
  const start = performance.now();
  await repeat(half, buyAndRemember);
  highestRate = (half * 1_000) / (performance.now() - start) / 2;
}, 60_000);

test(`When ${COUNT} customers come at up to half of the rate that the machine manages, then none fails`, async () => {
  const rate = rateOf(SIZE.customersPerSecond);
  const { results, latencies } = await openLoop({ count: COUNT, perSecond: rate, call: buyAndRemember });
  console.info(
    `${COUNT} checkouts at ${rate.toFixed(1)}/s of at most ${highestRate.toFixed(1)}: p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${quantile(latencies, 0.99).toFixed(1)} ms`,
  );
  expect(results.filter((status) => status !== 201 && status !== 402)).toEqual([]);
}, 240_000);

test(`When ${SIZE.deaths} random pods are killed during ${COUNT} more, then every acknowledged order exists once with one charge`, async () => {
  const killed: string[] = [];
  const killing = setInterval(() => void killOne(killed), 900);
  try {
    const { results } = await openLoop({
      count: COUNT,
      perSecond: rateOf(SIZE.customersPerSecondWithDeaths),
      call: async (index) => {
        const wanted = nextWithTrouble(index);
        const { body, tries } = await buyUntilAnswered(shop.url, wanted, 60_000);
        remember(wanted.customer, body);
        return tries;
      },
    });
    await eventually(async () => killed.length >= SIZE.deaths, 30_000);
    console.info(
      `killed ${killed.length}: ${killed.join(' ')}; ${results.filter((tries) => tries > 1).length} of ${COUNT} had to repeat their request`,
    );
  } finally {
    clearInterval(killing);
  }
  const books = await settledBooks();
  console.info(
    Object.values(QUESTIONS)
      .map(({ database, sql }) => `${database}: ${sql}`)
      .join('\n'),
  );
  console.info(
    `${acknowledged.length} acknowledged, ${books.orders.length} orders, ${books.charges.length} charges, ${books.payments.length} payments`,
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual(2 * COUNT);
  expect(audit(books, acknowledged)).toEqual([]);
}, 300_000);

/** Kills one pod that is ready now, PostgreSQL and the trace store among them, SIZE.deaths in all. */
async function killOne(killed: string[]): Promise<void> {
  if (killed.length >= SIZE.deaths) return;
  const pods = (await shop.pods()).filter((pod) => pod.ready && pod.labels['app'] !== 'gateway');
  const victim = pods[Math.floor(Math.random() * pods.length)];
  if (!victim) return;
  try {
    await shop.kill(victim.name);
  } catch (error) {
    if (/is not running/.test((error as Error).message)) return; // the kill before has already ended it
    throw error;
  }
  killed.push(
    victim.labels['version'] ? `${victim.labels['app']}-${victim.labels['version']}` : `${victim.labels['app']}`,
  );
}

test('When each pod is killed in turn while a customer buys, then the purchase is answered and counted once', async () => {
  for (const { name } of await shop.pods()) {
    const wanted = purchase();
    const [outcome] = await Promise.all([buyUntilAnswered(shop.url, wanted), shop.kill(name)]);
    expect(outcome.status).toBe(201);
    remember(wanted.customer, outcome.body);
    await eventually(async () => (await shop.pods()).every((pod) => pod.ready), 30_000);
  }
  expect(audit(await settledBooks(), acknowledged)).toEqual([]);
}, 240_000);
