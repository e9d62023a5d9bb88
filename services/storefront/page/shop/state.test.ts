import { expect, test } from '@jest/globals';
import { initialState, receiptsOf, reduce, type State } from './state.ts';
import type { Answer, Body, Order } from './types.ts';

const servedBy = { service: 'checkout', version: 'v1', pod: 'checkout-v1-a', peer: null };
const amount = { currency: 'NOK', minor: 1 } as const;
const order: Order = { id: 'o1', status: 'confirmed', amount, items: [], createdAt: '2026-11-24T12:00:00.000Z' };
const answer = (status: number, body: Body): Answer => ({
  status,
  body: { servedBy, ...body },
  serverTiming: '',
  ms: 1,
});
const request = { key: 'k', items: [{ sku: 'tent', quantity: 1 }], paymentMethod: 'tok_visa' };

function buying(): State {
  const filled = reduce(initialState(false), { type: 'quantity', item: { sku: 'tent', quantity: 1 } });
  return reduce(filled, { type: 'buy', request });
}

test('When a purchase is confirmed, then there is a receipt, an empty basket and a count', () => {
  const after = reduce(buying(), { type: 'answer', key: 'k', answer: answer(201, { order }) });
  expect(after).toMatchObject({
    basket: [],
    purchase: { stage: 'none' },
    tally: { 'checkout v1': 1 },
  });
  expect(receiptsOf(after)).toMatchObject([{ verdict: 'confirmed' }]);
});

test('When it is declined, then the basket stays for another way to pay', () => {
  const after = reduce(buying(), { type: 'answer', key: 'k', answer: answer(402, { order }) });
  expect(after.basket).toEqual(request.items);
  expect(receiptsOf(after)).toMatchObject([{ verdict: 'declined' }]);
});

test('When the outcome is unknown, then there is no receipt and the basket stays', () => {
  const after = reduce(buying(), { type: 'answer', key: 'k', answer: answer(504, {}) });
  expect(after).toMatchObject({ basket: request.items, receipts: {}, purchase: { stage: 'unknown', why: 'late' } });
});

test('When many purchases were made, then only the newest receipts are kept', () => {
  let state = initialState(false);
  for (let i = 0; i < 8; i++) {
    state = reduce(state, { type: 'buy', request: { ...request, key: `k${i}` } });
    state = reduce(state, { type: 'answer', key: `k${i}`, answer: answer(201, { order: { ...order, id: `o${i}` } }) });
  }
  expect(receiptsOf(state).map(({ answer: { body } }) => body.order?.id)).toEqual(['o7', 'o6', 'o5', 'o4', 'o3']);
});

test('When another customer comes, then each sees the own receipts only', () => {
  const session = (customer: string) => ({ customer, demoCustomers: [], renewAfterMs: 1, isVerified: true });
  const ada = reduce(buying(), { type: 'session', session: session('ada') });
  const bought = reduce(ada, { type: 'answer', key: 'k', answer: answer(201, { order }) });
  const bob = reduce(bought, { type: 'session', session: session('bob') });
  expect(receiptsOf(bob)).toEqual([]);
  expect(receiptsOf(reduce(bob, { type: 'session', session: session('ada') }))).toMatchObject([
    { verdict: 'confirmed' },
  ]);
});

test('When the catalogue cannot be loaded, then the state says so', () => {
  expect(reduce(initialState(false), { type: 'catalogue', answer: answer(503, {}) }).catalogue).toBe('failed');
});
