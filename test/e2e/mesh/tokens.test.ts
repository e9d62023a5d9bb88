import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendRequest } from '../../../places/local/network/request.ts';
import { buy, purchase, send } from '../../support/customer.ts';
import { bearer, openSession } from '../../support/tokens/session.ts';
import { startShop } from '../../support/shop.ts';
import { createIssuer, DEMO_ISSUER as issuer, IN_TEN_MINUTES, LONG_AGO } from '../../support/tokens/issuer.ts';

const shop = await startShop();
const stranger = createIssuer();
const LESSON = 'test/e2e/lessons/tokens.yaml';

beforeAll(() => shop.apply(LESSON), 60_000);
afterAll(async () => {
  await shop.delete(LESSON);
  await shop[Symbol.asyncDispose]();
}, 60_000);

const ORDER = '/api/orders/00000000-0000-4000-8000-000000000000';
const cookie = (token: string) => ({ cookie: `a=b; session=${token}` });

/** The status and text of an answer to a question that needs a token. */
async function asks(headers: Record<string, string | string[]>, path = ORDER) {
  const { status, body } = await send(`${shop.url}${path}`, { headers });
  return [status, body['text'] ?? body['code']];
}

const orderPath = (body: Record<string, unknown>) => `/api/orders/${(body['order'] as { id: string }).id}`;
/** A purchase whose customer is in the token alone. */
const buyWith = (headers: Record<string, string>) => buy(shop.url, purchase(), { 'x-customer-id': 'eve', ...headers });

test('When two customers have sessions, then each sees the own orders only, whatever they claim in a header', async () => {
  const [ada, bob] = [await openSession(shop.url, {}, 'ada'), await openSession(shop.url)];
  for (const carry of [bearer, cookie]) {
    const bought = await buyWith(carry === bearer ? bearer(ada.token) : { authorization: '', ...cookie(ada.token) });
    expect(bought.status).toBe(201);
    const path = orderPath(bought.body);
    expect((await asks(carry(ada.token), path))[0]).toBe(200);
    expect(await asks({ ...carry(bob.token), 'x-customer-id': 'ada' }, path)).toEqual([404, 'order-not-found']);
    const [{ customer_id: customer } = { customer_id: '' }] = await shop.sql<{ customer_id: string }>(
      'checkout',
      'select customer_id from orders where id = $1',
      [path.split('/').at(-1)],
    );
    expect(customer).toBe('ada');
  }
});

test('When a session is renewed, then by its token alone: a header from outside makes no one ada', async () => {
  const { customer, token } = await openSession(shop.url);
  expect((await openSession(shop.url, cookie(token))).customer).toBe(customer);
  expect((await openSession(shop.url, { 'x-customer-id': customer })).customer).not.toBe(customer);
});

test('When a request has no token, then what needs one is 403 with the way out, and the rest is open', async () => {
  for (const headers of [{}, { 'x-customer-id': 'ada' }, { authorization: 'Basic YTpi' }]) {
    const answer = await send(`${shop.url}${ORDER}`, { headers });
    expect([answer.status, answer.body['text'], answer.headers['x-session']]).toEqual([
      403,
      'RBAC: access denied',
      'POST /api/session',
    ]);
  }
  for (const path of ['/api/products', '/api/recommendations?sku=tent-2p', '/'])
    expect((await asks({}, path))[0]).toBe(200);
});

test.each([
  '/api//orders/1',
  '/api/%6frders/1',
  '/api/orders%2f1',
  '/api/./orders/1',
  '/api/products/../orders/1',
  '/api/products;/../orders/1',
  '/api\\orders\\1',
  '/api/ORDERS/1',
  '/API/orders/1',
  '//api/orders/1',
  '/api/session/../checkout',
  '/orders/1',
  '/checkout',
])('When a path is written as %s, then there is no way around the policy', async (path) => {
  // Not by send(): a URL would be normalised before it is sent.
  const { hostname, port } = new URL(shop.url);
  const answer = await sendRequest({ hostname, port, path, headers: { 'x-customer-id': 'ada' } });
  answer.resume();
  expect(answer.statusCode).toBe(403);
});

test.each([
  ['has no signature', () => issuer.unsigned(), 401],
  ['is signed with the public key', () => issuer.signedWithPublicKey(), 401],
  ['is signed by a stranger', () => stranger.token(), 401],
  ['has expired', () => issuer.token({ exp: LONG_AGO() }), 401],
  ['is not yet valid', () => issuer.token({ nbf: IN_TEN_MINUTES() }), 401],
  ['is of another issuer', () => issuer.token({ iss: 'https://other.example.org' }), 401],
  ['is for another audience', () => issuer.token({ aud: 'bank' }), 403],
  ['is no token', () => 'nonsense', 401],
])(
  'When a token %s, then it is refused with the way out, also where nothing needs one',
  async (_name, token, status) => {
    for (const path of [ORDER, '/api/products'])
      for (const headers of [bearer(token()), cookie(token())]) {
        const answer = await send(`${shop.url}${path}`, { headers });
        expect([answer.status, answer.body['text'], answer.headers['x-session']]).toEqual([
          status,
          expect.stringMatching(/Jwt|Audiences|Issuer/),
          'POST /api/session',
        ]);
      }
  },
);

test('When the cookie is refused, then signing out removes it', async () => {
  const { status, headers } = await send(`${shop.url}/sign-out`, { method: 'POST' });
  expect([status, headers['set-cookie']]).toEqual([
    200,
    expect.stringMatching(/^session=; Path=\/api; Expires=Thu, 01 Jan 1970/),
  ]);
});

test('When a request has two tokens, then both must be valid', async () => {
  const good = issuer.token();
  expect((await asks({ ...bearer(good), ...cookie(stranger.token()) }))[0]).toBe(401);
  expect((await asks({ ...bearer(stranger.token()), ...cookie(good) }))[0]).toBe(401);
  expect((await asks({ ...bearer(good), ...cookie(good) }))[0]).toBe(404);
});

test('When a token is larger than the headers may be, then it is refused', async () => {
  expect((await asks(bearer(issuer.token({ note: 'x'.repeat(70_000) }))))[0]).toBe(431);
});

test('When a policy asks for a claim, then one entry of a list is enough', async () => {
  expect((await asks(bearer(issuer.token({ groups: ['staff', 'banned'] }))))[0]).toBe(403);
  expect((await asks(bearer(issuer.token({ groups: 'banned' }))))[0]).toBe(403);
  expect((await asks(bearer(issuer.token({ groups: ['staff'] }))))[0]).toBe(404);
});

test('When a route asks for a claim, then a valid token chooses it', async () => {
  const tea = (headers: Record<string, string>) => asks({ host: 'tea.example', ...headers }, '/');
  expect((await tea(bearer(issuer.token({ group: { role: 'tea' } }))))[0]).toBe(418);
  expect((await tea(bearer(issuer.token({ group: { role: 'coffee' } }))))[0]).toBe(204);
  expect((await tea({}))[0]).toBe(204);
});
