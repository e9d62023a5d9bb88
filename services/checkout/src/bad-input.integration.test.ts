import { afterAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { freshDatabase } from '../../../test/support/database.ts';
import { openBench, newPurchase } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const one = { sku: 'stove', quantity: 1 };
type Fault = { body?: object; text?: string; headers?: Record<string, string> };

const FAULTS: [string, number, string, Fault][] = [
  ['text that is not JSON', 400, 'malformed-json', { text: '{"items": [' }],
  ['an empty body', 400, 'malformed-json', { text: '' }],
  ['a list instead of an object', 400, 'invalid-request', { text: '[]' }],
  ['an unknown field', 400, 'invalid-request', { body: { discount: 50 } }],
  ['an unknown field in a line', 400, 'invalid-request', { body: { items: [{ ...one, price: 1 }] } }],
  ['no lines', 400, 'invalid-request', { body: { items: [] } }],
  [
    '21 lines',
    400,
    'invalid-request',
    { body: { items: Array.from({ length: 21 }, (_, i) => ({ ...one, sku: `s${i}` })) } },
  ],
  ['one sku in two lines', 400, 'invalid-request', { body: { items: [one, one] } }],
  ['a sku of the wrong type', 400, 'invalid-request', { body: { items: [{ ...one, sku: 7 }] } }],
  ['an unknown sku', 400, 'unknown-sku', { body: { items: [{ ...one, sku: 'yacht' }] } }],
  ['a sku named as an object’s own member', 400, 'unknown-sku', { body: { items: [{ ...one, sku: 'constructor' }] } }],
  ['quantity 0', 400, 'invalid-request', { body: { items: [{ ...one, quantity: 0 }] } }],
  ['quantity 21', 400, 'invalid-request', { body: { items: [{ ...one, quantity: 21 }] } }],
  ['half a stove', 400, 'invalid-request', { body: { items: [{ ...one, quantity: 0.5 }] } }],
  ['a quantity as text', 400, 'invalid-request', { body: { items: [{ ...one, quantity: '1' }] } }],
  ['an unknown payment method', 400, 'invalid-request', { body: { paymentMethod: 'tok_unknown' } }],
  ['no key', 400, 'idempotency-key-missing', { headers: { 'idempotency-key': '' } }],
  ['a key with a space in it', 400, 'idempotency-key-malformed', { headers: { 'idempotency-key': 'a b' } }],
  ['a key of 256 characters', 400, 'idempotency-key-malformed', { headers: { 'idempotency-key': 'k'.repeat(256) } }],
  ['no customer', 400, 'customer-missing', { headers: { 'x-customer-id': '' } }],
  ['a customer of 129 characters', 400, 'invalid-request', { headers: { 'x-customer-id': 'c'.repeat(129) } }],
  ['more than 16 kB', 413, 'body-too-large', { text: JSON.stringify({ note: 'x'.repeat(17_000) }) }],
  [
    'a form',
    415,
    'unsupported-media-type',
    { text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ],
];

test.each(FAULTS)('When a checkout has %s, then %d %s and nothing is begun', async (_name, status, code, fault) => {
  const { customer, key, items, paymentMethod } = newPurchase();
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    'x-customer-id': customer,
    ...fault.headers,
  };
  const answer = await request(bench.service.app)
    .post('/checkout')
    .set(Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')))
    .send(fault.text ?? JSON.stringify({ items, paymentMethod, ...fault.body }));
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\bat \//);
  expect(await bench.db.query('select 1 from orders')).toEqual([]);
  expect(bench.billing.requests).toEqual([]);
});

test('When a fault is in one field, then its path is named', async () => {
  const answer = await bench.buy(newPurchase({ items: [one, { sku: 'thermos', quantity: 99 }] }));
  expect(answer.body['errors']).toEqual([{ path: 'items.1.quantity', message: expect.any(String) }]);
});

test('When the key is quoted as a structured field, then it is the same key as bare', async () => {
  const wanted = newPurchase();
  const first = await bench.buy(wanted);
  const again = await bench.buy({ ...wanted, key: `"${wanted.key}"` });
  expect([first.status, again.headers['idempotent-replayed'], again.body.order]).toEqual([
    201,
    'true',
    first.body.order,
  ]);
});
