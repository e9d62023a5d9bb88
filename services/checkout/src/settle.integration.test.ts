import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { freshDatabase } from '../../../test/support/database.ts';
import { openBench, newPurchase } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
beforeEach(() => bench.db.query('truncate orders, idempotency, outbox'));
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

test.each(['pending', 'declined', 'failed', 'confirmed'])(
  'When a confirmed order is set to %s by hand, then the database refuses',
  async (status) => {
    await bench.buy(newPurchase());
    const token = status === 'pending' ? 'tok_visa' : null;
    const backward = bench.db.query('update orders set status = $1, payment_method = $2', [status, token]);
    await expect(backward).rejects.toThrow(/a confirmed order cannot become/);
  },
);

test('When the event of an order cannot be written, then neither is the order settled: they are one transaction', async () => {
  await bench.db.query('alter table outbox add constraint full_up check (false)');
  const wanted = newPurchase();
  const failed = await bench.buy(wanted);
  const between = await bench.kept();
  await bench.db.query('alter table outbox drop constraint full_up');
  expect([failed.status, failed.body.code]).toEqual([500, 'internal']);
  expect(between).toMatchObject([{ state: 'in_progress', orderStatus: 'pending' }]);
  expect((await bench.buy(wanted)).status).toBe(201);
});

test('When an order cannot be committed, then no event of it is left behind', async () => {
  await bench.db
    .query(`create function no_commit() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
    create constraint trigger no_commit after update on orders deferrable initially deferred for each row execute function no_commit()`);
  const failed = await bench.buy(newPurchase());
  await bench.db.query('drop function no_commit cascade');
  expect(failed.status).toBe(500);
  expect(await bench.db.query('select 1 from outbox')).toEqual([]);
});

test('When an order is confirmed, then one event waits; when it is declined, then none', async () => {
  const items = [
    { sku: 'stove', quantity: 2 },
    { sku: 'thermos', quantity: 1 },
  ];
  const { body } = await bench.buy(newPurchase({ items }));
  await bench.buy(newPurchase({ paymentMethod: 'tok_declined' }));
  const events = await bench.db.query('select order_id, skus, delivered_at from outbox');
  expect(events).toEqual([{ order_id: body.order!.id, skus: ['stove', 'thermos'], delivered_at: null }]);
});
