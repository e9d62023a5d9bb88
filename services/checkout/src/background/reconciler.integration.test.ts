import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { createLoop } from '@tuesday/service';
import request from 'supertest';
import { freshDatabase } from '../../../../test/support/database.ts';
import { reconcileRound } from './reconciler.ts';
import { openBench, newPurchase } from '../testing/bench.ts';
import { billingReply } from '../testing/fake-service.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
let confirmed = 0;
beforeEach(async () => {
  confirmed = 0;
  bench.billing.reply = billingReply();
  bench.billing.requests.length = 0;
  await bench.db.query('truncate orders, idempotency, outbox');
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const round = () =>
  reconcileRound({ db: bench.db, billing: bench.callees.billing, onConfirmed: () => void confirmed++ });

/** An order whose attempt ended without an outcome, `secondsAgo`. */
async function abandon(wanted = newPurchase(), secondsAgo = 3) {
  const { reply } = bench.billing;
  bench.billing.reply = () => ({ status: 503, body: {} });
  await bench.buy(wanted);
  bench.billing.reply = reply;
  await bench.db.query(`update idempotency set lease_until = now() - $2 * interval '1 s' where key = $1`, [
    wanted.key,
    secondsAgo,
  ]);
  return wanted;
}

test.each([
  ['tok_visa', 201, 'confirmed', 1],
  ['tok_declined', 402, 'declined', 0],
])(
  'When an order paid by %s was abandoned, then it is settled with its own key, and its customer gets %d',
  async (paymentMethod, status, orderStatus, events) => {
    const wanted = await abandon(newPurchase({ paymentMethod }));
    await round();
    expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus, token: null }]);
    expect(await bench.db.query('select 1 from outbox')).toHaveLength(events);
    expect(confirmed).toBe(events);
    expect(new Set(bench.billing.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const answer = await bench.buy(wanted);
    expect([answer.status, answer.headers['idempotent-replayed'], answer.body.order?.status]).toEqual([
      status,
      'true',
      orderStatus,
    ]);
    expect(answer.body.order?.receipt).toEqual(status === 201 ? { amount: answer.body.order?.amount } : undefined);
  },
);

test('When the lease of an order is valid or has just ended, then the order is left to its customer', async () => {
  await abandon(newPurchase(), 1);
  await abandon(newPurchase(), -2);
  bench.billing.requests.length = 0;
  await round();
  expect(bench.billing.requests).toEqual([]);
});

test('When two instances reconcile at once, then each order is taken by one of them', async () => {
  for (let order = 0; order < 6; order++) await abandon();
  bench.billing.requests.length = 0;
  await Promise.all([round(), round()]);
  expect(bench.billing.requests).toHaveLength(6);
  expect((await bench.kept()).filter(({ state }) => state !== 'done')).toEqual([]);
});

test('When another instance is taking an order, then it is skipped, not waited for', async () => {
  const [held, free] = [await abandon(newPurchase(), 9), await abandon()];
  await bench.db.transaction(async (tx) => {
    await tx.query('select 1 from idempotency where key = $1 for update', [held.key]);
    await round();
  });
  const states = new Map((await bench.kept()).map(({ key, state }) => [key, state]));
  expect([states.get(held.key), states.get(free.key)]).toEqual(['in_progress', 'done']);
}, 15_000);

test('When billing is not available, then the order stays pending and is tried again later', async () => {
  await abandon();
  bench.billing.reply = () => ({ status: 503, body: {} });
  await round();
  expect(await bench.kept()).toMatchObject([{ state: 'in_progress', orderStatus: 'pending', token: 'tok_visa' }]);
  bench.billing.reply = billingReply();
  await becomeDue();
  await round();
  expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed' }]);
});

/** As if the pauses of all orders were over. */
const becomeDue = () =>
  bench.db.query(`update idempotency set lease_until = lease_until - interval '3 s', next_attempt_at = now()`);

test('When an order cannot be settled, then its next attempts come later and later, and hold up no other order', async () => {
  const unlucky = await abandon();
  const paused = () =>
    bench.db
      .query<{ attempts: number; pause: number }>(
        `select attempts, extract(epoch from next_attempt_at - now())::float as pause from idempotency where key = $1`,
        [unlucky.key],
      )
      .then(([row]) => row!);
  bench.billing.reply = () => ({ status: 503, body: {} });
  for (let attempt = 1; attempt <= 6; attempt++) {
    const start = performance.now();
    expect(await round()).toMatchObject({ done: 0, failed: 1, reason: { message: 'billing is not available.' } });
    const { attempts, pause } = await paused();
    const longest = Math.min(3, 0.2 * 2 ** (attempt - 1));
    expect(attempts).toBe(attempt);
    expect(pause).toBeLessThanOrEqual(longest + 0.01);
    expect(pause).toBeGreaterThanOrEqual(longest / 2 - (performance.now() - start) / 1_000 - 0.01);
    if (attempt < 6) await becomeDue();
  }
  bench.billing.reply = billingReply();
  await bench.db.query(
    `update idempotency set lease_until = lease_until - interval '3 s', next_attempt_at = now() + interval '1 min'`,
  );
  await abandon();
  expect(await round()).toEqual({ more: false, done: 1, failed: 0 });
});

test('When billing refuses an order as wrong, then it is parked and not tried again, until a person has set it free', async () => {
  await abandon();
  bench.billing.reply = () => ({ status: 422, body: {} });
  expect(await round()).toMatchObject({ failed: 1, reason: { message: 'billing answered 422.' } });
  const parked = () => bench.db.query('select parked_because as because from idempotency where parked_at is not null');
  expect(await parked()).toEqual([{ because: 'billing answered 422.' }]);
  const { text } = await request(bench.service.app).get('/metrics').set('accept', 'text/plain');
  expect(text).toMatch(/^checkout_parked\{kind="order".*\} 1$/m);
  expect(text).toMatch(/^checkout_parked\{kind="event".*\} 0$/m);
  await becomeDue();
  expect(await round()).toEqual({ more: false, done: 0, failed: 0 });
  bench.billing.reply = billingReply();
  await bench.db.query('update idempotency set parked_at = null');
  expect(await round()).toEqual({ more: false, done: 1, failed: 0 });
});

test('When billing is away and 1,000 orders are abandoned, then ten seconds bring few attempts', async () => {
  await abandon();
  await bench.db.query(
    `with made as (insert into orders (id, customer_id, items, currency, amount_minor, payment_method)
       select gen_random_uuid(), 'a customer', '[]', 'NOK', 100, 'tok_visa' from generate_series(1, 999) returning id)
     insert into idempotency (customer_id, key, request_hash, order_id, owner, lease_until)
       select 'a customer', id::text, '', id, id, now() - interval '1 min' from made`,
  );
  bench.billing.reply = () => ({ status: 503, body: {} });
  bench.billing.requests.length = 0;
  const loop = createLoop({ name: 'reconciler', everyMs: 1_000, ready: async () => undefined, round });
  loop.start();
  await wait(10_000);
  await loop.stop();
  expect(bench.billing.requests.length).toBeGreaterThanOrEqual(10);
  expect(bench.billing.requests.length).toBeLessThanOrEqual(150);
}, 30_000);
