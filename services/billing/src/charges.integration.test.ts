import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { requestHash } from '@tuesday/service';
import fc from 'fast-check';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { openBench, newCharge } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const chargesOf = (orderId: string) =>
  bench.db.query<{ id: string; status: string }>('select id, status from charges where order_id = $1', [orderId]);
const bookedFor = (orderId: string) =>
  bench.db.query<{ minor: number }>(
    'select l.amount_minor::int as minor from ledger l join charges c on c.id = charge_id where order_id = $1',
    [orderId],
  );
const isPending = (orderId: string) => eventually(async () => (await chargesOf(orderId))[0]?.status === 'pending');

test('When a charge is repeated with its key, then the first answer comes again and it is booked once', async () => {
  const wanted = newCharge();
  const [first, again] = [await bench.charge(wanted), await bench.charge(wanted)];
  expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined]);
  expect([again.status, again.headers['idempotent-replayed'], again.body]).toEqual([201, 'true', first.body]);
  expect(await bookedFor(wanted.orderId)).toEqual([{ minor: 129_900 }]);
});

test('When a key is used again for something else, then 422', async () => {
  const wanted = newCharge();
  await bench.charge(wanted);
  const [amount, order] = [
    await bench.charge({ ...wanted, minor: 1 }),
    await bench.charge({ ...wanted, orderId: randomUUID() }),
  ];
  expect([amount.status, amount.body.code, order.status]).toEqual([422, 'key-reused', 422]);
});

test('When an order is charged again, under another key or by a caller with another identity, then it is a repetition', async () => {
  const wanted = newCharge();
  const { body } = await bench.charge(wanted);
  for (const change of [{ key: randomUUID() }, { caller: 'spiffe://cluster.local/ns/shop/sa/checkout' }]) {
    const again = await bench.charge({ ...wanted, ...change });
    expect([again.status, again.headers['idempotent-replayed'], again.body.charge]).toEqual([201, 'true', body.charge]);
  }
  const other = await bench.charge({ ...wanted, key: randomUUID(), minor: 1 });
  expect([other.status, other.body.code]).toEqual([422, 'key-reused']);
  expect(await chargesOf(wanted.orderId)).toHaveLength(1);
});

test('When two callers use one key, then each has a charge of its own', async () => {
  const [one, two] = [
    newCharge({ caller: 'spiffe://cluster.local/ns/shop/sa/one' }),
    newCharge({ caller: 'spiffe://cluster.local/ns/shop/sa/two' }),
  ];
  const answers = [
    await bench.charge(one),
    await bench.charge({ ...two, key: one.key }),
    await bench.charge({ ...newCharge(), key: one.key }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
});

test('When twenty requests carry one key at once, then there is one charge, booked once', async () => {
  const wanted = newCharge();
  const answers = await Promise.all(Array.from({ length: 20 }, () => bench.charge(wanted)));
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
  expect(await chargesOf(wanted.orderId)).toMatchObject([{ status: 'succeeded' }]);
  expect(await bookedFor(wanted.orderId)).toHaveLength(1);
});

test('When a charge is in flight, then the same key gets 409 with Retry-After, and the outcome afterwards', async () => {
  const wanted = newCharge({ paymentMethod: 'tok_slow' });
  const first = bench.charge(wanted).then((answer) => answer);
  await isPending(wanted.orderId);
  const second = await bench.charge(wanted);
  expect([second.status, second.body.code, second.headers['retry-after']]).toEqual([409, 'request-in-progress', '1']);
  const { status, body } = await first;
  const third = await bench.charge(wanted);
  expect([status, third.status, third.body.charge]).toEqual([201, 201, body.charge]);
}, 15_000);

test('When the owner of a charge has died, then the next request with its key finishes it, once the lease has ended', async () => {
  const wanted = newCharge();
  const request = {
    orderId: wanted.orderId,
    amount: { currency: 'NOK', minor: wanted.minor },
    paymentMethod: 'tok_visa',
  };
  // What a process leaves behind that died between claiming and settling.
  await bench.db.query(
    `insert into charges (id, order_id, caller, idempotency_key, request_hash, amount_minor, currency, lease_until)
     values ($1, $2, '', $3, $4, $5, 'NOK', now() + interval '1 hour')`,
    [randomUUID(), wanted.orderId, wanted.key, requestHash(request), wanted.minor],
  );
  const alive = await bench.charge(wanted);
  await bench.db.query(`update charges set lease_until = now() - interval '1 ms' where order_id = $1`, [
    wanted.orderId,
  ]);
  const next = await bench.charge(wanted);
  expect([alive.status, next.status]).toEqual([409, 201]);
  expect(await bookedFor(wanted.orderId)).toHaveLength(1);
});

test('When the caller has no time left, then 504 and nothing is charged; the same key works later', async () => {
  const wanted = newCharge();
  const late = await bench.charge(wanted, { 'x-request-timeout-ms': '0' });
  expect([late.status, late.body.code, await chargesOf(wanted.orderId)]).toEqual([504, 'deadline-exceeded', []]);
  const again = await bench.charge(wanted);
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, undefined]);
});

test('When a settled charge is changed by hand, then the database refuses; the ledger refuses every change', async () => {
  const wanted = newCharge();
  const { body } = await bench.charge(wanted);
  const { id } = body.charge!;
  await expect(bench.db.query(`update charges set status = 'pending' where id = $1`, [id])).rejects.toThrow(
    /cannot become/,
  );
  await expect(bench.db.query('update ledger set amount_minor = 1 where charge_id = $1', [id])).rejects.toThrow(
    /never changed/,
  );
  await expect(bench.db.query('delete from ledger where charge_id = $1', [id])).rejects.toThrow(/never changed/);
  await expect(bench.db.query('truncate ledger')).rejects.toThrow(/never changed/);
});

test('When requests with the same and other keys and payloads come in any interleaving, then each order is charged and booked once at most', async () => {
  const one = fc.record({
    key: fc.nat(2),
    order: fc.nat(2),
    minor: fc.constantFrom(100, 200),
    token: fc.constantFrom('tok_visa', 'tok_declined'),
  });
  const property = fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), async (asked) => {
    const orders = [randomUUID(), randomUUID(), randomUUID()];
    const run = randomUUID();
    const answers = await Promise.all(
      asked.map(({ key, order, minor, token }) =>
        bench.charge(newCharge({ key: `${run}-${key}`, orderId: orders[order]!, minor, paymentMethod: token })),
      ),
    );
    expect(answers.filter(({ status }) => ![201, 402, 409, 422].includes(status))).toEqual([]);
    for (const orderId of orders) {
      const charges = await chargesOf(orderId);
      expect(charges.length).toBeLessThanOrEqual(1);
      expect(await bookedFor(orderId)).toHaveLength(charges[0]?.status === 'succeeded' ? 1 : 0);
    }
    const keys = await bench.db.query<{ n: number }>(
      'select count(*)::int as n from charges where idempotency_key like $1 group by idempotency_key',
      [`${run}-%`],
    );
    expect(keys.every(({ n }) => n === 1)).toBe(true);
    expect(keys.length).toBeGreaterThan(0);
  });
  await fc.assert(property, { numRuns: 25 });
}, 60_000);
