import { afterAll, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import request from 'supertest';
import { createStorefront } from '../app.ts';
import { readConfig } from '../config.ts';
import { contract } from '../contract.ts';
import { newKey, sessionKeys } from '../testing/session-keys.ts';

const [older, newer, foreign] = ['older', 'newer', 'older'].map(newKey) as [object, object, object];
const shop = (keys: string, more: Record<string, string> = {}) =>
  createStorefront(
    readConfig({ SERVICE_NAME: 'storefront', SESSION_KEYS: keys, DEMO_CUSTOMERS: 'ada=admin,bob', ...more }),
  );
const service = shop(sessionKeys(older));
const rotated = shop(sessionKeys(newer, older));
const stranger = shop(sessionKeys(foreign));
const empty = shop(sessionKeys(older), { DEMO_CUSTOMERS: '' });
const all = [service, rotated, stranger, empty];
afterAll(() => Promise.all(all.map((one) => one.stop())));

type Shop = typeof service;
const open = ({ app }: Shop, cookie = '') => request(app).post('/api/session').set('cookie', cookie);
const cookieOf = (answer: request.Response) => (answer.headers['set-cookie'] as unknown as string[])[0] ?? '';

test('When a session is asked for, then it is that of a new customer, for a day, in body and cookie', async () => {
  const [first, second] = [await open(service).expect(201), await open(service).expect(201)];
  expect(contract.openSession.responses[201].schema.safeParse(first.body).success).toBe(true);
  const { token, customer, expiresIn, demoCustomers } = first.body;
  expect([expiresIn, demoCustomers, second.body.customer === customer]).toEqual([86_400, ['ada', 'bob'], false]);
  const { iat = 0, ...claims } = decodeJwt(token);
  expect(claims).toEqual({
    iss: 'https://tuesday.example',
    aud: 'shop',
    sub: customer,
    roles: [],
    exp: iat + 86_400,
  });
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: 'older' });
  expect(cookieOf(first)).toMatch(
    new RegExp(`^session=${token}; Max-Age=86400; Path=/api; Expires=[^;]+; HttpOnly; SameSite=Lax$`),
  );
  expect(first.headers['cache-control']).toBe('no-store');
});

test('When the gateway was asked over https, then the cookie goes over https only', async () => {
  expect(cookieOf(await open(service).set('x-forwarded-proto', 'https'))).toMatch(/; Secure; SameSite=Lax$/);
});

test('When a demo customer is named, then the token is theirs, with their roles; another name is refused', async () => {
  const ada = await open(service).send({ customer: 'ada' }).expect(201);
  expect(decodeJwt(ada.body.token)).toMatchObject({ sub: 'ada', roles: ['admin'] });
  const eve = await open(service).send({ customer: 'eve' }).expect(400);
  expect([eve.body.code, eve.body.detail]).toEqual(['unknown-customer', 'The demo customers are ada, bob.']);
  expect((await open(empty).send({ customer: 'ada' }).expect(400)).body.detail).toMatch(/^This shop has no demo cust/);
});

test('When the request has a valid token, then its customer stays; a header or any other token counts for nothing', async () => {
  const { body } = await open(service);
  const kept = await open(service, `a=b; session=${body.token}`);
  expect(kept.body.customer).toBe(body.customer);
  const spoofed = await open(service).set('x-customer-id', body.customer);
  const strange = await open(service, `session=${(await open(stranger)).body.token}`);
  const nonsense = await open(service, 'session=a.b.c');
  const [head, payload] = body.token.split('.');
  const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
  const without = await open(service, `session=${unsigned}.${payload}.`);
  const cut = await open(service, `session=${head}.${payload}.`);
  for (const answer of [spoofed, strange, nonsense, without, cut])
    expect([answer.status, answer.body.customer === body.customer]).toEqual([201, false]);
});

test('When keys are rotated, then the new one signs, and tokens of the old one still count', async () => {
  const { body } = await open(service);
  const renewed = await open(rotated, `session=${body.token}`);
  expect(renewed.body.customer).toBe(body.customer);
  expect(decodeProtectedHeader(renewed.body.token).kid).toBe('newer');
  expect((await open(service, `session=${renewed.body.token}`)).body.customer).not.toBe(body.customer);
});

test('When a customer signs out, then the cookie is gone', async () => {
  const answer = await request(service.app).post('/sign-out').expect(200);
  expect(cookieOf(answer)).toBe('session=; Path=/api; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax');
});
