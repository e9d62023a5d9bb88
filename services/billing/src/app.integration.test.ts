import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '@tuesday/service';
import request from 'supertest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { contract } from './contract.ts';
import { type Bench, openBench, newCharge } from './testing/bench.ts';

const answers = (path: string, method: string, status: number) =>
  (Object.values(contract) as Operation[]).find((operation) => operation.path === path && operation.method === method)!
    .responses[status]!.schema;

describe.each(['v1', 'v2'] as const)('billing %s', (version) => {
  let database: FreshDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await freshDatabase();
    bench = await openBench(database.url, { version });
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  const get = (path: string) => request(bench.service.app).get(path);

  test('When an order is charged, then 201 is as the contract says', async () => {
    const wanted = newCharge();
    const { status, body } = await bench.charge(wanted);
    expect(status).toBe(201);
    expect(answers('/charges', 'post', 201).parse(body)).toMatchObject({
      charge: {
        orderId: wanted.orderId,
        status: 'succeeded',
        reason: null,
        amount: { currency: 'NOK', minor: 129_900 },
      },
      servedBy: { service: 'billing', version },
    });
  });

  test.each([
    ['tok_declined', 'card_declined'],
    ['tok_insufficient_funds', 'insufficient_funds'],
  ])('When %s pays, then 402 says %s, each time, and nothing is booked', async (paymentMethod, reason) => {
    const wanted = newCharge({ paymentMethod });
    const [first, again] = [await bench.charge(wanted), await bench.charge(wanted)];
    expect([first.status, first.body.code, first.body.reason]).toEqual([402, 'payment-declined', reason]);
    expect([again.status, again.headers['idempotent-replayed'], again.body.reason]).toEqual([402, 'true', reason]);
    expect(again.body.charge).toEqual(first.body.charge);
    expect(await bench.db.query('select 1 from ledger where charge_id = $1', [first.body.charge!.id])).toEqual([]);
  });

  test('When a charge is looked up by id or order, then it is the one that was made', async () => {
    const { body } = await bench.charge(newCharge());
    const { id, orderId } = body.charge!;
    const [byId, byOrder, none] = [
      await get(`/charges/${id}`),
      await get(`/charges?orderId=${orderId}`),
      await get(`/charges?orderId=${randomUUID()}`),
    ];
    expect(answers('/charges/{id}', 'get', 200).parse(byId.body)).toMatchObject({ charge: body.charge });
    expect(answers('/charges', 'get', 200).parse(byOrder.body)).toMatchObject({ charges: [body.charge] });
    expect(none.body.charges).toEqual([]);
  });

  test('When a charge does not exist or its id is malformed, then 404 or 400', async () => {
    const found = await Promise.all([
      get(`/charges/${randomUUID()}`),
      get('/charges/7'),
      get('/charges?orderId=7'),
      get('/charges'),
      get('/charges?a=1'),
    ]);
    expect(found.map(({ status }) => status)).toEqual([404, 404, 400, 400, 400]);
  });

  test('When the OpenAPI document is asked for, then it lists every route', async () => {
    const { body } = await get('/openapi.json');
    const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.toSorted()).toEqual([
      'get /charges',
      'get /charges/{id}',
      'post /charges',
      'post /charges/{id}/refunds',
    ]);
  });

  test('When part of a charge is given back, then 201 is as the contract says', async () => {
    const { body } = await bench.charge(newCharge());
    const given = await bench.refund(body.charge!.id, 900);
    expect(given.status).toBe(201);
    expect(answers('/charges/{id}/refunds', 'post', 201).parse(given.body)).toMatchObject({
      refund: { chargeId: body.charge!.id, amount: { currency: 'NOK', minor: 900 } },
    });
  });
});

test('When v1 and v2 run on one database, then each reads the other’s charge, to the øre; only v2 names the tax', async () => {
  await using database = await freshDatabase();
  await using v1 = await openBench(database.url, { version: 'v1' });
  await using v2 = await openBench(database.url, { version: 'v2' });
  const wanted = newCharge({ minor: 59_900 });
  const [first, second] = [await v1.charge(wanted), await v2.charge(wanted)];
  const amount = { currency: 'NOK', minor: 59_900 };
  // What v1 answered is what v2 answers again: a receipt does not change once it was given.
  expect([second.headers['idempotent-replayed'], second.body.charge]).toEqual(['true', first.body.charge]);
  expect(first.body.charge).toMatchObject({ receipt: { amount } });
  const { body } = await v2.charge(newCharge({ minor: 59_900 }));
  const seen = await request(v1.service.app).get(`/charges/${body.charge!.id}`);
  expect(seen.body.charge).toEqual(body.charge);
  expect(body.charge).toMatchObject({
    amount,
    receipt: { amount, vat: { ratePercent: 25, net: 47_920, vat: 11_980 } },
  });
});
