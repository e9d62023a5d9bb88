import { expect, test } from '@jest/globals';
import { isOpen, judge, proceed, type Purchase, type PurchaseRequest } from './purchase.ts';
import type { Answer, Body, Order } from './types.ts';

const request: PurchaseRequest = { key: 'key-1', items: [{ sku: 'tent', quantity: 1 }], paymentMethod: 'tok_slow' };
const amount = { currency: 'NOK', minor: 1 } as const;
const order: Order = { id: 'o1', status: 'declined', amount, items: [], createdAt: '2026-11-24T12:00:00.000Z' };
const answer = (status: number, body: Body = {}): Answer => ({ status, body, serverTiming: '', ms: 1 });
const asking: Purchase = { stage: 'asking', request };

test.each([
  [201, { order }, 'confirmed'],
  [402, { order }, 'declined'],
  [402, {}, 'refused'],
  [409, {}, 'working'],
  [504, {}, 'late'],
  [503, {}, 'failed'],
  [0, {}, 'failed'],
  [422, {}, 'refused'],
  [400, {}, 'refused'],
] as const)('When checkout answers %d with %j, then the purchase is %s', (status, body, verdict) => {
  expect(judge(answer(status, body as Body))).toBe(verdict);
});

test('When the outcome is unknown and asked for again, then with the same key', () => {
  const unknown = proceed(asking, { type: 'answer', key: request.key, answer: answer(504) });
  expect(unknown).toEqual({ stage: 'unknown', request, why: 'late' });
  expect(proceed(unknown, { type: 'ask-again' })).toEqual(asking);
});

test('When a purchase is open, then a second one does not begin', () => {
  const other = { ...request, key: 'key-2' };
  const unknown: Purchase = { stage: 'unknown', request, why: 'working' };
  expect(proceed(asking, { type: 'buy', request: other })).toBe(asking);
  expect(proceed(unknown, { type: 'buy', request: other })).toBe(unknown);
  expect([isOpen(asking), isOpen(unknown), isOpen({ stage: 'none' })]).toEqual([true, true, false]);
});

test('When an answer belongs to another key, then nothing changes', () => {
  expect(proceed(asking, { type: 'answer', key: 'key-0', answer: answer(201, { order }) })).toBe(asking);
});

test('When it is settled, then the next may begin', () => {
  expect(proceed(asking, { type: 'answer', key: request.key, answer: answer(201, { order }) })).toEqual({
    stage: 'none',
  });
});

test('When it is refused, then the reason is kept, whatever the problem carries', () => {
  const refused = (body: Body) => proceed(asking, { type: 'answer', key: request.key, answer: answer(422, body) });
  expect(refused({ title: 'T', detail: 'D' })).toEqual({ stage: 'refused', detail: 'D' });
  expect(refused({ title: 'T' })).toEqual({ stage: 'refused', detail: 'T' });
  expect(refused({})).toEqual({ stage: 'refused', detail: 'The shop answered 422.' });
});
