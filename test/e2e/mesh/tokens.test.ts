import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buy, purchase, send } from '../../support/customer.ts';
import { startShop } from '../../support/shop.ts';
import { createIssuer, IN_TEN_MINUTES, LONG_AGO } from '../../support/tokens.ts';

const shop = await startShop();
const issuer = createIssuer();
const stranger = createIssuer();
const lesson = join(tmpdir(), `tuesday-tokens-${process.pid}.yaml`);

beforeAll(async () => {
  const text = await readFile('test/e2e/lessons/tokens.yaml', 'utf8');
  await writeFile(lesson, text.replace(/jwks: .*/, `jwks: '${issuer.jwks}'`));
  await shop.apply(lesson);
}, 60_000);
afterAll(async () => {
  await shop.delete(lesson);
  await rm(lesson);
  await shop[Symbol.asyncDispose]();
}, 60_000);

const ORDER = '/api/orders/00000000-0000-4000-8000-000000000000';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ cookie: `a=b; session=${token}` });

/** The status and text of an answer to a question that needs a token. */
async function asks(headers: Record<string, string | string[]>, path = ORDER) {
  const { status, body } = await send(`${shop.url}${path}`, { headers });
  return [status, body['text'] ?? body['code']];
}

test('When a request has a valid token, in a header or a cookie, then it passes, and its customer is the token’s', async () => {
  expect(await asks(bearer(issuer.token()))).toEqual([404, 'order-not-found']);
  expect(await asks(cookie(issuer.token()))).toEqual([404, 'order-not-found']);
  const [ada, bob] = ['ada', 'bob'].map((sub) => bearer(issuer.token({ sub })));
  const bought = await buy(shop.url, purchase({ customer: 'eve' }), ada);
  expect(bought.status).toBe(201);
  const path = `/api/orders/${(bought.body['order'] as { id: string }).id}`;
  expect((await asks(ada!, path))[0]).toBe(200);
  expect(await asks({ ...bob, 'x-customer-id': 'ada' }, path)).toEqual([404, 'order-not-found']);
});

test('When a request has no token, then what needs one is 403, and the rest is open', async () => {
  expect(await asks({})).toEqual([403, 'RBAC: access denied']);
  expect(await asks({ 'x-customer-id': 'ada' })).toEqual([403, 'RBAC: access denied']);
  expect(await asks({ authorization: 'Basic YTpi' })).toEqual([403, 'RBAC: access denied']);
  expect((await asks({}, '/api/products'))[0]).toBe(200);
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
])('When a token %s, then it is refused, also where nothing needs one', async (_name, token, status) => {
  for (const path of [ORDER, '/api/products'])
    for (const headers of [bearer(token()), cookie(token())]) {
      const [seen, text] = await asks(headers, path);
      expect([seen, text]).toEqual([status, expect.stringMatching(/Jwt|Audiences|Issuer/)]);
    }
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
