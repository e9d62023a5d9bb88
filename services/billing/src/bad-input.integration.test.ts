import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { freshDatabase } from '../../../test/support/database.ts';
import { openBench } from './testing/bench.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

type Fault = { body?: object; text?: string; headers?: Record<string, string> };
const amount = (change: object) => ({ body: { amount: { currency: 'NOK', minor: 100, ...change } } });

const COMMON: [string, number, string, Fault][] = [
  ['text that is not JSON', 400, 'malformed-json', { text: '{' }],
  ['an unknown field', 400, 'invalid-request', { body: { tip: 1 } }],
  ['an amount of zero', 400, 'invalid-request', amount({ minor: 0 })],
  ['a negative amount', 400, 'invalid-request', amount({ minor: -100 })],
  ['half an øre', 400, 'invalid-request', amount({ minor: 0.5 })],
  ['an amount as text', 400, 'invalid-request', amount({ minor: '100' })],
  ['too large an amount', 400, 'invalid-request', amount({ minor: 100_000_001 })],
  ['another currency', 400, 'invalid-request', amount({ currency: 'SEK' })],
  ['no key', 400, 'idempotency-key-missing', { headers: { 'idempotency-key': '' } }],
  ['a malformed key', 400, 'idempotency-key-malformed', { headers: { 'idempotency-key': 'a b' } }],
  ['more than 16 kB', 413, 'body-too-large', { text: JSON.stringify({ note: 'x'.repeat(17_000) }) }],
  [
    'a form',
    415,
    'unsupported-media-type',
    { text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ],
];
const CHARGE: typeof COMMON = [
  ['an order that is no UUID', 400, 'invalid-request', { body: { orderId: '7' } }],
  ['an unknown payment method', 400, 'invalid-request', { body: { paymentMethod: '4111111111111111' } }],
];

async function send(path: string, body: object, fault: Fault) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...fault.headers };
  return request(bench.service.app)
    .post(path)
    .set(Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== '')))
    .send(fault.text ?? JSON.stringify({ ...body, ...fault.body }));
}

test.each([...COMMON, ...CHARGE])(
  'When a charge has %s, then %d %s and nothing is charged',
  async (_name, status, code, fault) => {
    const body = { orderId: randomUUID(), amount: { currency: 'NOK', minor: 100 }, paymentMethod: 'tok_visa' };
    const answer = await send('/charges', body, fault);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.text).not.toContain('4111');
    expect(await bench.db.query('select 1 from charges')).toEqual([]);
  },
);

test.each(COMMON)('When a refund has %s, then %d %s', async (_name, status, code, fault) => {
  const answer = await send(`/charges/${randomUUID()}/refunds`, { amount: { currency: 'NOK', minor: 100 } }, fault);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test.each(['7', randomUUID()])('When a refund is for charge %s, which is not there, then 404', async (id) => {
  const answer = await send(`/charges/${id}/refunds`, { amount: { currency: 'NOK', minor: 100 } }, {});
  expect([answer.status, answer.body.code]).toEqual([404, 'charge-not-found']);
});
