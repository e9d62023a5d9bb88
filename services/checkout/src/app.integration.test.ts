import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Operation } from '@tuesday/service';
import request from 'supertest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { contract as billing } from '../../billing/src/contract.ts';
import { contract } from './contract.ts';
import { type Bench, openBench, newPurchase } from './testing/bench.ts';
import { billingReply, recommendationsReply } from './testing/fake-service.ts';

const answers = (path: string, method: string, status: number) =>
  (Object.values(contract) as Operation[]).find((operation) => operation.path === path && operation.method === method)!
    .responses[status]!.schema;

describe.each(['v1', 'v2'] as const)('checkout %s', (version) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await freshDatabase();
    bench = await openBench(database.url, version);
  });
  beforeEach(() => {
    bench.billing.reply = billingReply();
    bench.recommendations.reply = recommendationsReply;
    bench.billing.requests.length = bench.recommendations.requests.length = 0;
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  test('When the products are asked for, then they are as the contract says', async () => {
    const { status, body } = await request(bench.service.app).get('/products');
    expect(status).toBe(200);
    expect(answers('/products', 'get', 200).parse(body)).toMatchObject({ products: { length: 12 } });
  });

  test('When a customer buys, then 201 is as the contract says, and billing gets the amount with a key made of the order', async () => {
    const { status, body } = await bench.buy(newPurchase());
    expect(status).toBe(201);
    expect(answers('/checkout', 'post', 201).parse(body)).toMatchObject({
      order: {
        status: 'confirmed',
        amount: { currency: 'NOK', minor: 119_800 },
        items: [{ sku: 'headlamp', quantity: 2 }],
        receipt: { amount: { currency: 'NOK', minor: 119_800 } },
      },
      recommendations: [{ sku: 'stove' }],
      degraded: false,
      servedBy: { service: 'checkout', version },
    });
    expect((body['hops'] as { service: string }[]).map(({ service }) => service).toSorted()).toEqual([
      'billing',
      'recommendations',
    ]);
    expect(bench.billing.requests).toEqual([
      expect.objectContaining({
        path: '/charges',
        headers: expect.objectContaining({ 'idempotency-key': `order-${body.order!.id}` }),
        body: { orderId: body.order!.id, amount: { currency: 'NOK', minor: 119_800 }, paymentMethod: 'tok_visa' },
      }),
    ]);
  });

  test('When billing shows the VAT on its receipt, then the answer, its replay and the order show it', async () => {
    const vat = { ratePercent: 25, net: 95_840, vat: 23_960 };
    bench.billing.reply = billingReply(vat);
    const wanted = newPurchase();
    const [first, again] = [await bench.buy(wanted), await bench.buy(wanted)];
    const path = `/orders/${first.body.order!.id}`;
    const { body } = await request(bench.service.app).get(path).set('x-customer-id', wanted.customer);
    const receipt = { amount: { currency: 'NOK', minor: 119_800 }, vat };
    expect([first.body.order, again.body.order, body.order].map((order) => order?.receipt)).toEqual([
      receipt,
      receipt,
      receipt,
    ]);
  });

  test('When billing gives no receipt that can be read, then the order is confirmed all the same', async () => {
    bench.billing.reply = () => ({ status: 201, body: { charge: { receipt: { amount: 'much' } } } });
    const { status, body } = await bench.buy(newPurchase());
    expect([status, body.order?.status, body.order?.receipt]).toEqual([201, 'confirmed', undefined]);
  });

  test('When the billing of these tests charges, then its answer is as the contract of billing says', async () => {
    await bench.buy(newPurchase());
    const { body } = await bench.billing.reply(bench.billing.requests[0]!);
    expect(billing.createCharge.responses[201].schema.parse(body)).toEqual(body);
  });

  test.each(['tok_declined', 'tok_insufficient_funds'])(
    'When %s pays, then 402 with the declined order, kept and replayed',
    async (paymentMethod) => {
      const wanted = newPurchase({ paymentMethod });
      const first = await bench.buy(wanted);
      const again = await bench.buy(wanted);
      expect([first.status, first.body.code, first.body.order?.status]).toEqual([402, 'payment-declined', 'declined']);
      expect(first.body.order).not.toHaveProperty('receipt');
      expect(first.headers['content-type']).toContain('application/problem+json');
      expect([again.status, again.headers['idempotent-replayed'], again.body.order]).toEqual([
        402,
        'true',
        first.body.order,
      ]);
      expect(bench.billing.requests).toHaveLength(1);
    },
  );

  test('When recommendations fails, then the order is confirmed all the same, marked as degraded', async () => {
    bench.recommendations.reply = () => ({ status: 500, body: {} });
    const failed = await bench.buy(newPurchase());
    bench.recommendations.reply = () => ({ status: 200, body: { recommendations: 'nonsense' } });
    const nonsense = await bench.buy(newPurchase());
    for (const { status, body } of [failed, nonsense])
      expect([status, body['degraded'], body['recommendations']]).toEqual([201, true, []]);
  });

  test('When recommendations hangs, then the order is confirmed within its limit, marked as degraded', async () => {
    bench.recommendations.reply = () => new Promise(() => undefined);
    const { status, body } = await bench.buy(newPurchase());
    expect([status, body['degraded']]).toEqual([201, true]);
  });

  test('When a customer asks for an order, then the answer has it; for another customer it is 404', async () => {
    const wanted = newPurchase();
    const { body } = await bench.buy(wanted);
    const path = `/orders/${body.order!.id}`;
    const own = await request(bench.service.app).get(path).set('x-customer-id', wanted.customer);
    const other = await request(bench.service.app).get(path).set('x-customer-id', 'another customer');
    const anonymous = await request(bench.service.app).get(path);
    const odd = await request(bench.service.app).get('/orders/not-a-uuid').set('x-customer-id', wanted.customer);
    expect(answers('/orders/{id}', 'get', 200).parse(own.body)).toMatchObject({ order: body.order });
    expect([other.status, other.body.code]).toEqual([404, 'order-not-found']);
    expect([anonymous.status, anonymous.body.code]).toEqual([400, 'customer-missing']);
    expect(odd.status).toBe(404);
  });

  test('When the OpenAPI document is asked for, then it lists every route', async () => {
    const { body } = await request(bench.service.app).get('/openapi.json');
    const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.toSorted()).toEqual(['get /orders/{id}', 'get /products', 'post /checkout']);
  });

  test('When a caller has no time left, then 504 and nothing is begun', async () => {
    const { customer, key, items, paymentMethod } = newPurchase();
    const headers = { 'idempotency-key': key, 'x-customer-id': customer, 'x-request-timeout-ms': '0' };
    const { status, body } = await request(bench.service.app)
      .post('/checkout')
      .set(headers)
      .send({ items, paymentMethod });
    expect([status, body.code]).toEqual([504, 'deadline-exceeded']);
    expect(await bench.db.query('select 1 from orders where customer_id = $1', [customer])).toEqual([]);
    // The same request later is no repetition: nothing was written after the answer either.
    const { 'x-request-timeout-ms': _none, ...again } = headers;
    const later = await request(bench.service.app).post('/checkout').set(again).send({ items, paymentMethod });
    expect([later.status, later.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  if (version === 'v1')
    test('When v1 buys, then it asks recommendations only after billing has answered', async () => {
      let billed = false;
      bench.billing.reply = async (asked) => {
        await new Promise((go) => setTimeout(go, 50));
        billed = true;
        return billingReply()(asked);
      };
      const billedWhenAsked: boolean[] = [];
      bench.recommendations.reply = (asked) => {
        billedWhenAsked.push(billed);
        return recommendationsReply(asked);
      };
      expect((await bench.buy(newPurchase())).status).toBe(201);
      expect(billedWhenAsked).toEqual([true]);
    });
  else
    test('When v2 buys, then it asks both at once', async () => {
      const asked = Promise.withResolvers<void>();
      bench.recommendations.reply = (question) => {
        asked.resolve();
        return recommendationsReply(question);
      };
      // Answers only once recommendations has been asked too: one after the other would never end.
      bench.billing.reply = async (question) => {
        await asked.promise;
        return billingReply()(question);
      };
      expect((await bench.buy(newPurchase())).status).toBe(201);
    });
});
