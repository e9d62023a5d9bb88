import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freshDatabase } from '../../../test/support/database.ts';
import { openBench, newCharge } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function charged(minor: number): Promise<string> {
  return (await bench.charge(newCharge({ minor }))).body.charge!.id;
}
const booked = async (id: string) =>
  (
    await bench.db.query<{ minor: number }>(
      'select amount_minor::int as minor from ledger where charge_id = $1 order by id',
      [id],
    )
  ).map(({ minor }) => minor);

test('When a refund is repeated with its key, then it is given back once', async () => {
  const id = await charged(1_000);
  const key = randomUUID();
  const [first, again] = [await bench.refund(id, 400, key), await bench.refund(id, 400, key)];
  expect([first.status, again.status, again.headers['idempotent-replayed'], again.body]).toEqual([
    201,
    201,
    'true',
    first.body,
  ]);
  expect(await booked(id)).toEqual([1_000, -400]);
});

test('When a refund’s key is used again for something else, then 422', async () => {
  const [one, two] = [await charged(1_000), await charged(1_000)];
  const key = randomUUID();
  await bench.refund(one, 400, key);
  const answers = [await bench.refund(one, 401, key), await bench.refund(two, 400, key)];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [422, 'key-reused'],
    [422, 'key-reused'],
  ]);
});

test('When one key comes for two charges at once, then one of them is refunded and the other is 422', async () => {
  for (let round = 0; round < 5; round++) {
    const ids = [await charged(1_000), await charged(1_000)];
    const key = randomUUID();
    const answers = await Promise.all(ids.map((id) => bench.refund(id, 400, key)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  }
});

test('When refunds come at once that are too much together, then only as many are given as the charge holds', async () => {
  // On a busy machine they come one after the other now and then: several charges, so that some refunds do meet.
  for (let round = 0; round < 10; round++) {
    const id = await charged(1_000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => bench.refund(id, 300)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, ...Array(7).fill(422)]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('refund-too-large');
    expect(await booked(id)).toEqual([1_000, -300, -300, -300]);
  }
});

test('When the charge was declined, then nothing can be given back', async () => {
  const { body } = await bench.charge(newCharge({ paymentMethod: 'tok_declined' }));
  const answer = await bench.refund(body.charge!.id, 1);
  expect([answer.status, answer.body.code]).toEqual([422, 'charge-not-refundable']);
});

test('When refunds of any size come in any order, then their sum is that of the answers, in the ledger too, and never above the charge', async () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 8 });
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), amounts, async (minor, wanted) => {
    const id = await charged(minor);
    const half = Math.ceil(wanted.length / 2);
    const answers = [];
    for (const wave of [wanted.slice(0, half), wanted.slice(half)])
      answers.push(
        ...(await Promise.all(wave.map(async (amount) => ({ amount, ...pick(await bench.refund(id, amount)) })))),
      );
    const given = answers.filter(({ status }) => status === 201).reduce((sum, { amount }) => sum + amount, 0);
    expect(given).toBeLessThanOrEqual(minor);
    expect((await booked(id)).reduce((sum, entry) => sum + entry, 0)).toBe(minor - given);
    // Whatever was refused would have been too much.
    for (const { status, amount } of answers) if (status === 422) expect(given + amount).toBeGreaterThan(minor);
  });
  await fc.assert(property, { numRuns: 25 });
}, 60_000);

const pick = ({ status }: { status: number }) => ({ status });
