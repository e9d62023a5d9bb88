import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { openBench, newPurchase } from './testing/bench.ts';
import { type FakeReply, billingReply } from './testing/fake-service.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
beforeEach(async () => {
  bench.billing.reply = billingReply();
  bench.billing.requests.length = 0;
  await bench.db.query('truncate orders, idempotency, outbox');
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const endLease = () => bench.db.query(`update idempotency set lease_until = now() - interval '1 ms'`);
const arrived = (count: number) => eventually(async () => bench.billing.requests.length >= count);
const charged = () => new Set(bench.billing.requests.map(({ headers }) => headers['idempotency-key']));

test('When a purchase is repeated with its key, then the first answer comes again', async () => {
  const wanted = newPurchase();
  const first = await bench.buy(wanted);
  const again = await bench.buy(wanted);
  const { servedBy: _first, ...kept } = first.body;
  const { servedBy: _again, ...replayed } = again.body;
  expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined]);
  expect([again.status, again.headers['idempotent-replayed'], replayed]).toEqual([201, 'true', kept]);
  expect(bench.billing.requests).toHaveLength(1);
});

test('When the fields of a repeated purchase stand in another order, then it is the same purchase', async () => {
  const wanted = newPurchase({ items: [{ sku: 'stove', quantity: 1 }] });
  const first = await bench.buy(wanted);
  const again = await bench.buy({ ...wanted, items: [{ quantity: 1, sku: 'stove' }] });
  expect([again.status, again.body.order]).toEqual([201, first.body.order]);
});

test('When a key is used again for something else, then 422 and the first order stands', async () => {
  const wanted = newPurchase();
  await bench.buy(wanted);
  const other = await bench.buy({ ...wanted, items: [{ sku: 'stove', quantity: 1 }] });
  const otherToken = await bench.buy({ ...wanted, paymentMethod: 'tok_vipps' });
  expect([other.status, other.body.code, otherToken.status]).toEqual([422, 'key-reused', 422]);
  expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed' }]);
});

test('When two customers use one key, then each gets an order', async () => {
  const one = newPurchase();
  const [first, second] = [await bench.buy(one), await bench.buy({ ...one, customer: 'another' })];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(first.body.order?.id).not.toBe(second.body.order?.id);
});

test('When twenty requests carry one key at once, then there is one order and one charge', async () => {
  const wanted = newPurchase();
  const answers = await Promise.all(Array.from({ length: 20 }, () => bench.buy(wanted)));
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  expect(answers.some(({ status }) => status === 201)).toBe(true);
  expect(await bench.kept()).toHaveLength(1);
  expect(charged().size).toBe(1);
});

test('When an attempt still has its lease, then another one gets 409 with Retry-After and asks for no charge', async () => {
  const answer = Promise.withResolvers<FakeReply>();
  bench.billing.reply = () => answer.promise;
  const wanted = newPurchase();
  const first = bench.buy(wanted);
  await arrived(1);
  const second = await bench.buy(wanted);
  answer.resolve({ status: 201, body: {} });
  expect([second.status, second.body.code, second.headers['retry-after']]).toEqual([409, 'request-in-progress', '1']);
  expect([(await first).status, bench.billing.requests.length]).toEqual([201, 1]);
});

test('When the owner of a key has died, then the next attempt finishes the same order', async () => {
  bench.billing.reply = () => new Promise(() => undefined);
  const wanted = newPurchase();
  const dying = bench.buy(wanted);
  await arrived(1);
  const [before] = await bench.db.query<{ id: string }>('select id from orders');
  await endLease();
  bench.billing.reply = billingReply();
  const next = await bench.buy(wanted);
  expect([next.status, next.body.order?.id]).toEqual([201, before!.id]);
  expect(charged()).toEqual(new Set([`order-${before!.id}`]));
  expect((await dying).status).toBe(504);
  expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed' }]);
});

test('When an attempt has lost its lease, then it settles nothing and leaves the outcome to the new owner', async () => {
  const replies = [Promise.withResolvers<FakeReply>(), Promise.withResolvers<FakeReply>()];
  bench.billing.reply = () => replies[bench.billing.requests.length - 1]!.promise;
  const wanted = newPurchase();
  const slow = bench.buy(wanted);
  await arrived(1);
  await endLease();
  const owner = bench.buy(wanted);
  await arrived(2);
  replies[0]!.resolve({ status: 201, body: {} });
  const lost = await slow;
  const between = await bench.kept();
  replies[1]!.resolve({ status: 201, body: {} });
  expect([lost.status, lost.body.code]).toEqual([409, 'request-in-progress']);
  expect(between).toMatchObject([{ state: 'in_progress', orderStatus: 'pending' }]);
  expect((await owner).status).toBe(201);
});

test.each([
  ['refuses', { status: 503, body: {} }, 503, 'upstream-refused'],
  ['fails', { status: 500, body: {} }, 502, 'upstream-failed'],
  ['gives an answer that makes no sense', { status: 404, body: {} }, 502, 'upstream-failed'],
  ['is still working on it', { status: 409, body: {} }, 409, 'request-in-progress'],
])(
  'When billing %s, then the error is passed on, the order stays pending, and the same key works at once',
  async (_name, reply, status, code) => {
    bench.billing.reply = () => reply;
    const wanted = newPurchase();
    const failed = await bench.buy(wanted);
    const pending = await bench.kept();
    bench.billing.reply = billingReply();
    const next = await bench.buy(wanted);
    expect([failed.status, failed.body.code]).toEqual([status, code]);
    expect(pending).toMatchObject([{ state: 'in_progress', orderStatus: 'pending', token: 'tok_visa' }]);
    expect(next.status).toBe(201);
    expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed', token: null }]);
    expect(charged().size).toBe(1);
  },
);

test('When billing refuses the order as impossible, then it has failed, and the same key is tried afresh', async () => {
  bench.billing.reply = () => ({ status: 400, body: {} });
  const wanted = newPurchase();
  const failed = await bench.buy(wanted);
  bench.billing.reply = billingReply();
  const next = await bench.buy(wanted);
  expect([failed.status, next.status]).toEqual([502, 201]);
  const rows = await bench.db.query<{ status: string }>('select status from orders order by created_at');
  expect(rows.map(({ status }) => status)).toEqual(['failed', 'confirmed']);
});

test('When the payment is slow, then 504 first, 409 while it runs, and the outcome afterwards', async () => {
  const settled = Promise.withResolvers<void>();
  let isSettled = false;
  void settled.promise.then(() => (isSettled = true));
  bench.billing.reply = async () => {
    if (bench.billing.requests.length > 1) return { status: isSettled ? 201 : 409, body: {} };
    await settled.promise;
    return { status: 201, body: {} };
  };
  const wanted = newPurchase({ paymentMethod: 'tok_slow' });
  const [first, second] = [await bench.buy(wanted), await bench.buy(wanted)];
  settled.resolve();
  const third = await bench.buy(wanted);
  expect([first.status, second.status, third.status]).toEqual([504, 409, 201]);
  expect(await bench.kept()).toMatchObject([{ state: 'done', orderStatus: 'confirmed' }]);
});
