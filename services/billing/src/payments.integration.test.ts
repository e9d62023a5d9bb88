import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { requestHash } from '@tuesday/service';
import { query } from '../../../places/query.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { claimCharge, releaseCharge, settleCharge } from './charges.ts';
import { openBench, newCharge } from './testing/bench.ts';

const database = await freshDatabase();
const bank = await freshDatabase();
const bench = await openBench(database.url, { bankUrl: bank.url });
const other = await openBench(database.url, { bankUrl: bank.url, version: 'v2' });
afterAll(async () => {
  await Promise.all([bench[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
  await Promise.all([database[Symbol.asyncDispose](), bank[Symbol.asyncDispose]()]);
});

const paymentsOf = (orderId: string) =>
  bench.db
    .query<{ id: string }>('select id from charges where order_id = $1', [orderId])
    .then(([charge]) =>
      query<{ minor: number }>(bank.url, [
        { text: 'select amount_minor::int as minor from payments where id = $1', values: [charge!.id] },
      ]),
    );
const endLease = (orderId: string) =>
  bench.db.query(`update charges set lease_until = now() - interval '1 ms' where order_id = $1`, [orderId]);

test('When the provider’s answer is lost, then 504, and the same key gives the outcome of the one payment', async () => {
  const wanted = newCharge({ paymentMethod: 'tok_lost' });
  const [first, again] = [await bench.charge(wanted), await bench.charge(wanted)];
  expect([first.status, first.body.code, again.status]).toEqual([504, 'upstream-timeout', 201]);
  expect(await paymentsOf(wanted.orderId)).toEqual([{ minor: 129_900 }]);
});

test('When the provider is away, then 503 with Retry-After, each time, until it is back', async () => {
  const wanted = newCharge({ paymentMethod: 'tok_away' });
  const [first, again] = [await bench.charge(wanted), await bench.charge(wanted)];
  for (const { status, body, headers } of [first, again])
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'upstream-refused', '1']);
  expect(await paymentsOf(wanted.orderId)).toEqual([]);
  await eventually(async () => (await bench.charge(wanted)).status === 201, 10_000);
  expect(await paymentsOf(wanted.orderId)).toEqual([{ minor: 129_900 }]);
}, 15_000);

test('When a charge is taken over while its owner still pays, then it is paid once, and both have the outcome', async () => {
  const wanted = newCharge({ paymentMethod: 'tok_slow' });
  const slow = bench.charge(wanted).then((answer) => answer);
  await eventually(
    async () => (await bench.db.query('select 1 from charges where order_id = $1', [wanted.orderId])).length,
  );
  await eventually(async () => (await paymentsOf(wanted.orderId)).length === 1);
  await endLease(wanted.orderId);
  const next = await other.charge(wanted);
  const first = await slow;
  expect([next.status, first.status, first.body.charge]).toEqual([201, 201, next.body.charge]);
  expect(await paymentsOf(wanted.orderId)).toEqual([{ minor: 129_900 }]);
  expect(await bench.db.query('select 1 from ledger where charge_id = $1', [next.body.charge!.id])).toHaveLength(1);
}, 15_000);

test('When an owner has lost its charge, then it writes nothing and ends no other lease', async () => {
  const { key, orderId, minor } = newCharge();
  const request = { orderId, amount: { currency: 'NOK' as const, minor }, paymentMethod: 'tok_visa' as const };
  const command = { caller: '', key, hash: requestHash(request), request };
  const first = await claimCharge(bench.db, command);
  await endLease(orderId);
  const second = await claimCharge(other.db, command);
  expect(second.claim!.owner).not.toBe(first.claim!.owner);
  const outcome = { status: 'succeeded' as const, reason: null, receipt: null };
  await releaseCharge(bench.db, first.claim!);
  await expect(settleCharge(bench.db, first.claim!, outcome)).rejects.toMatchObject({ code: 'request-in-progress' });
  await expect(claimCharge(bench.db, command)).rejects.toMatchObject({ code: 'request-in-progress' });
  expect((await settleCharge(other.db, second.claim!, outcome)).status).toBe('succeeded');
  expect(
    (await settleCharge(bench.db, first.claim!, { status: 'declined', reason: 'card_declined', receipt: null })).status,
  ).toBe('succeeded');
  await expect(claimCharge(bench.db, { ...command, hash: randomUUID() })).rejects.toMatchObject({ code: 'key-reused' });
});
