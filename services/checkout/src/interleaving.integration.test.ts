import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Answer, openBench } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const request = fc.record({
  customer: fc.nat(1),
  key: fc.nat(1),
  payload: fc.nat(1),
  token: fc.constantFrom('tok_visa', 'tok_declined'),
});

test('When requests with the same and other keys and payloads come in any interleaving, then each key has one order and one charge', async () => {
  let run = 0;
  const property = fc.asyncProperty(
    fc.array(fc.array(request, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
    async (waves) => {
      run++;
      const id = ({ customer, key }: { customer: number; key: number }) => `${run}-${customer}-${key}`;
      const answered = new Map<string, Set<string>>();
      const note = (name: string, { status, body }: Answer) => {
        expect([201, 402, 409, 422]).toContain(status);
        if (body.order) answered.set(name, (answered.get(name) ?? new Set()).add(`${status} ${body.order.id}`));
      };
      const send = async (one: { customer: number; key: number; payload: number; token: string }) => {
        const items = [{ sku: 'stove', quantity: 1 + one.payload }];
        const wanted = {
          customer: `customer ${run} ${one.customer}`,
          key: `key-${run}-${one.key}`,
          items,
          paymentMethod: one.token,
        };
        note(id(one), await bench.buy(wanted));
      };
      for (const wave of waves) await Promise.all(wave.map(send));
      const keys = new Set(waves.flat().map(id));
      const orders = await bench.db.query<{ id: string; status: string }>(
        'select id, status from orders where customer_id like $1',
        [`customer ${run} %`],
      );
      expect(orders).toHaveLength(keys.size);
      expect(orders.filter(({ status }) => status === 'pending')).toEqual([]);
      for (const answers of answered.values()) expect(answers.size).toBe(1);
      expect(answered.size).toBe(keys.size);
      for (const order of orders) {
        const asked = bench.billing.requests.filter(({ body }) => (body as { orderId: string }).orderId === order.id);
        expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 60_000);
