import { afterAll, expect, test } from '@jest/globals';
import { asCustomer, purchase, send } from '../support/customer.ts';
import { PLACE, startShop } from '../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

const orders = async () => {
  const [row] = await shop.sql<{ count: number }>('checkout', 'select count(*)::int from orders');
  return row?.count;
};
// The shop may already have orders: `tuesday up` itself makes one to check that it works.
const before = await orders();

const good = () => {
  const { key, customer, items, paymentMethod } = purchase();
  return {
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...asCustomer(customer) } as Record<
      string,
      string
    >,
    body: { items, paymentMethod } as Record<string, unknown>,
  };
};
const item = (change: object) => ({ items: [{ sku: 'stove', quantity: 1, ...change }] });

const POSTS: [string, number, { body?: object; text?: string; headers?: Record<string, string> }][] = [
  ['text that is not JSON', 400, { text: '{"items": [' }],
  ['an empty body', 400, { text: '' }],
  ['a list instead of an object', 400, { text: '[]' }],
  ['an unknown field', 400, { body: { discount: 50 } }],
  ['an unknown field in an item', 400, { body: item({ price: 1 }) }],
  ['no items', 400, { body: { items: [] } }],
  ['a sku of the wrong type', 400, { body: item({ sku: 7 }) }],
  ['an unknown sku', 400, { body: item({ sku: 'yacht' }) }],
  ['quantity 0', 400, { body: item({ quantity: 0 }) }],
  ['a quantity that is too large', 400, { body: item({ quantity: 1_000 }) }],
  ['half a tent', 400, { body: item({ quantity: 0.5 }) }],
  ['an unknown payment method', 400, { body: { paymentMethod: 'tok_unknown' } }],
  ['no key', 400, { headers: { 'idempotency-key': '' } }],
  ['a key with a control character in it', 400, { headers: { 'idempotency-key': 'a\tb' } }],
  ['a key of 300 characters', 400, { headers: { 'idempotency-key': 'k'.repeat(300) } }],
  ['more than 16 kB', 413, { text: JSON.stringify({ note: 'x'.repeat(17_000) }) }],
  ['a form', 415, { text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
];

test.each(POSTS)(
  'When a checkout has %s, then %d as problem+json that reveals nothing',
  async (_name, status, change) => {
    const { headers, body } = good();
    const answer = await send(`${shop.url}/api/checkout`, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries({ ...headers, ...change.headers }).filter(([, value]) => value !== ''),
      ),
      body: change.text ?? JSON.stringify({ ...body, ...change.body }),
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.body).toMatchObject({
      status,
      title: expect.any(String),
      type: expect.any(String),
      code: expect.any(String),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at /);
  },
);

test.each([
  ['GET', '/api/orders/not-a-uuid', 404],
  ['GET', '/api/orders/00000000-0000-4000-8000-000000000000', 404],
  ['GET', '/api/recommendations?limit=0', 400],
  ['GET', '/api/recommendations?limit=many', 400],
  ['GET', '/api/recommendations?unknown=1', 400],
] as const)('When %s %s, then %d', async (method, path, status) => {
  const answer = await send(`${shop.url}${path}`, { method, headers: asCustomer('some-customer') });
  expect([answer.status, answer.body['status']]).toEqual([status, status]);
});

test('When a checkout has no customer, then 400; in a mesh 403, because a policy asks for a session', async () => {
  const { headers, body } = good();
  const { authorization: _token, 'x-customer-id': _name, ...rest } = headers;
  const answer = await send(`${shop.url}/api/checkout`, { method: 'POST', headers: rest, body: JSON.stringify(body) });
  if (PLACE === 'compose') expect([answer.status, answer.body['code']]).toEqual([400, 'customer-missing']);
  else expect([answer.status, answer.headers['x-session']]).toEqual([403, 'POST /api/session']);
});

test('When a path does not exist, then 404; in a mesh 403, because policies list the allowed paths', async () => {
  const { status, body } = await send(`${shop.url}/api/nothing-here`);
  if (PLACE !== 'compose') expect([status, body['text']]).toEqual([403, 'RBAC: access denied']);
  else expect([status, body['status']]).toEqual([404, 404]);
});

test('When all of these requests have been rejected, then nothing was ordered', async () => {
  expect(await orders()).toBe(before);
});
