import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.ts';
import { reconcileRound } from './reconciler.ts';
import { openBench, newPurchase } from './testing/bench.ts';
import { billingReply } from './testing/fake-service.ts';

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
  await bench.db.query(`update idempotency set lease_until = lease_until - interval '3 s'`);
  await round();
  expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed' }]);
});
