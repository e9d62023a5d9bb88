import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import type { PaymentMethod } from '@tuesday/service';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { query } from '../../../../places/query.ts';
import { openStandIn } from './stand-in.ts';

const database = await freshDatabase();
const bank = openStandIn(database.url);
await eventually(() => bank.ready().then(() => true));
afterAll(async () => {
  await bank.close();
  await database[Symbol.asyncDispose]();
});

const payment = (method: PaymentMethod = 'tok_visa', minor = 100) => ({
  id: randomUUID(),
  amount: { currency: 'NOK' as const, minor },
  method,
});
const entriesOf = (id: string) =>
  query<{ minor: number; status: string }>(database.url, [
    { text: 'select amount_minor::int as minor, status from payments where id = $1', values: [id] },
  ]);
const succeeded = { status: 'succeeded', reason: null };

test('When one payment is asked for many times at once, then it is made once and each has the same outcome', async () => {
  const wanted = payment();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => bank.pay(wanted)));
  expect(outcomes).toEqual(Array.from({ length: 20 }, () => succeeded));
  expect(await entriesOf(wanted.id)).toEqual([{ minor: 100, status: 'succeeded' }]);
});

test('When an id comes with another amount, then it is refused and the book stays as it is', async () => {
  const wanted = payment();
  await bank.pay(wanted);
  const other = { ...wanted, amount: { currency: 'NOK' as const, minor: 99 } };
  await expect(bank.pay(other)).rejects.toMatchObject({ code: 'upstream-failed' });
  expect(await entriesOf(wanted.id)).toEqual([{ minor: 100, status: 'succeeded' }]);
  await expect(
    query(database.url, [{ text: 'update payments set amount_minor = 1 where id = $1', values: [wanted.id] }]),
  ).rejects.toThrow(/never changed/);
});

test('When an answer is lost, then it was paid, and the same id tells so', async () => {
  const wanted = payment('tok_lost');
  await expect(bank.pay(wanted)).rejects.toMatchObject({ code: 'upstream-timeout' });
  expect(await entriesOf(wanted.id)).toHaveLength(1);
  expect(await bank.pay(wanted)).toEqual(succeeded);
  expect(await entriesOf(wanted.id)).toHaveLength(1);
});

test('When the provider is away, then nothing is paid; when it is back, then the same id is', async () => {
  const wanted = payment('tok_away');
  const start = performance.now();
  await expect(bank.pay(wanted)).rejects.toMatchObject({ code: 'upstream-refused', headers: { 'retry-after': '1' } });
  expect(await entriesOf(wanted.id)).toEqual([]);
  await wait(2_000);
  if (performance.now() - start < 2_900) await expect(bank.pay(wanted)).rejects.toMatchObject({ status: 503 });
  await wait(1_200);
  expect(await bank.pay(wanted)).toEqual(succeeded);
  expect(await entriesOf(wanted.id)).toHaveLength(1);
}, 15_000);

test('When a payment is declined, then that is in the book, and stays so', async () => {
  const wanted = payment('tok_insufficient_funds');
  const declined = { status: 'declined', reason: 'insufficient_funds' };
  expect([await bank.pay(wanted), await bank.pay({ ...wanted, method: 'tok_visa' })]).toEqual([declined, declined]);
});

test('When the book cannot be reached, then the provider is away', async () => {
  await using lost = await freshDatabase();
  const closed = openStandIn(lost.url);
  await eventually(() => closed.ready().then(() => true));
  await query(lost.url, ['alter table payments rename to books']);
  await expect(closed.pay(payment())).rejects.toThrow(/payments/); // a defect is no outage
  await closed.close();
  const nowhere = openStandIn('postgres://bank:bank@127.0.0.1:9/bank');
  await expect(nowhere.pay(payment())).rejects.toMatchObject({
    code: 'upstream-refused',
    message: 'The payment provider is not available.',
  });
  await nowhere.close();
});
