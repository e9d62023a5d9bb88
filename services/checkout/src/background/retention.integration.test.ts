import { afterAll, expect, test } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.ts';
import { SIZE } from '../../../../test/support/size.ts';
import { BATCH, retentionRound } from './retention.ts';
import { openBench, newPurchase } from '../testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});
const count = async (table: string) =>
  (await bench.db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

test('When keys and events are old enough, then they go and the orders stay; what is younger or not done stays', async () => {
  const [old, young, pending] = [newPurchase(), newPurchase(), newPurchase()];
  await bench.buy(old);
  await bench.buy(young);
  bench.billing.reply = () => ({ status: 503, body: {} });
  await bench.buy(pending);
  const age = (key: string, days: number) =>
    bench.db.query(`update idempotency set created_at = now() - $2 * interval '1 day' where key = $1`, [key, days]);
  await Promise.all([age(old.key, 31), age(young.key, 29), age(pending.key, 31)]);
  const orderOf = `(select order_id from idempotency where key = $1)`;
  const deliver = (key: string, days: number) =>
    bench.db.query(`update outbox set delivered_at = now() - $2 * interval '1 day' where order_id = ${orderOf}`, [
      key,
      days,
    ]);
  await Promise.all([deliver(old.key, 8), deliver(young.key, 6)]);
  expect(await retentionRound(bench.db)).toEqual({ more: false, done: 2, failed: 0 });
  expect((await bench.kept()).map(({ key }) => key)).toEqual([young.key, pending.key]);
  expect([await count('orders'), await count('outbox')]).toEqual([3, 1]);
});

test(`When there are ${SIZE.retained.toLocaleString('en')} rows, then a round removes a batch without reading them all`, async () => {
  await bench.db.query('truncate orders, idempotency, outbox');
  await bench.db.query('alter table outbox drop constraint outbox_order_id_key, drop constraint outbox_order_id_fkey');
  const old = BATCH + 500;
  const at = (n: number, days: number) => `case when n <= ${n} then now() - interval '${days} days' else now() end`;
  await bench.db.transaction(async (tx) => {
    await tx.query('set local statement_timeout = 0');
    await tx.query(
      `with one as (insert into orders (id, customer_id, status, items, currency, amount_minor)
                    values (gen_random_uuid(), '', 'confirmed', '[]', 'NOK', 1) returning id)
       insert into idempotency (customer_id, key, request_hash, order_id, state, owner, lease_until, status, body, created_at)
       select '', n::text, '', one.id, 'done', one.id, now(), 201, '{}', ${at(old, 40)} from one, generate_series(1, ${SIZE.retained}) as n`,
    );
    await tx.query(
      `insert into outbox (order_id, skus, delivered_at) select gen_random_uuid(), '{}', ${at(old, 10)} from generate_series(1, ${SIZE.retained}) as n`,
    );
  });
  await bench.db.query('analyze idempotency, outbox');
  const read = async () =>
    (
      await bench.db.query<{ n: number }>(
        `select sum(seq_tup_read)::int as n from pg_stat_user_tables where relname in ('idempotency', 'outbox')`,
      )
    )[0]!.n;
  await bench.db.query('select pg_stat_force_next_flush()');
  const before = await read();
  const first = await retentionRound(bench.db);
  await bench.db.query('select pg_stat_force_next_flush()');
  expect(await read()).toBe(before);
  expect(first).toEqual({ more: true, done: 2 * BATCH, failed: 0 });
  expect(await retentionRound(bench.db)).toEqual({ more: false, done: 1_000, failed: 0 });
  expect(await count('idempotency')).toBe(SIZE.retained - old);
}, 240_000);
