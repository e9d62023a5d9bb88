import { expect, test } from '@jest/globals';
import request from 'supertest';
import { z } from 'zod';
import { answer, createService, customerIdSchema, idempotencyKeySchema, route } from '../index.ts';

const makeThing = {
  method: 'post' as const,
  path: '/things/{id}/parts',
  summary: 'Makes a part of a thing',
  request: {
    headers: z.object({ 'idempotency-key': idempotencyKeySchema, 'x-customer-id': customerIdSchema }),
    query: z.strictObject({ limit: z.coerce.number().int().default(4) }),
    body: z.strictObject({ count: z.int() }),
    params: z.object({ id: z.uuid('charge-not-found') }),
  },
  responses: {},
};
const ID = '00000000-0000-4000-8000-000000000001';
const config = { name: 'example', version: 'v1' as const, pod: 'example-1', port: 0 };
const { app } = createService({
  config,
  routes: [route(makeThing, (input, res) => answer(res, 200, { ...input }))],
  ready: async () => undefined,
});

interface Change {
  headers?: object;
  id?: string;
  query?: string;
  body?: object;
}
const send = ({ headers = {}, id = ID, query = '', body = { count: 1 } }: Change = {}) =>
  request(app)
    .post(`/things/${id}/parts${query}`)
    .set({ 'idempotency-key': '"a\\"b"', 'x-customer-id': 'c', ...headers })
    .send(body);

test('When a request is as its operation says, then the handler gets what the schemas read', async () => {
  const { servedBy: _, ...input } = (await send({ query: '?limit=7' })).body;
  expect(input).toEqual({
    headers: { 'idempotency-key': 'a"b', 'x-customer-id': 'c' },
    query: { limit: 7 },
    body: { count: 1 },
    params: { id: ID },
  });
});

const bad = { headers: { 'idempotency-key': 'a b' }, query: '?limit=x', body: { count: 'x' }, id: '7' };
test.each<[string, number, string, string, Change]>([
  ['every part', 400, 'idempotency-key-malformed', 'headers', bad],
  ['query, body and path', 400, 'invalid-request', 'limit', { ...bad, headers: {} }],
  ['body and path', 400, 'invalid-request', 'count', { ...bad, headers: {}, query: '' }],
  ['the path', 404, 'charge-not-found', 'id', { id: '7' }],
])('When %s is wrong, then %d %s: the first part decides', async (_what, status, code, path, change) => {
  const { body, statusCode } = await send(change);
  expect([statusCode, body.code]).toEqual([status, code]);
  if (code === 'invalid-request') expect(body.errors).toEqual([{ path, message: expect.any(String) }]);
});

test.each([
  ['idempotency-key', '', 'idempotency-key-missing', undefined],
  ['idempotency-key', 'k'.repeat(256), 'idempotency-key-malformed', undefined],
  ['x-customer-id', '', 'customer-missing', undefined],
  ['x-customer-id', 'c'.repeat(129), 'invalid-request', 'x-customer-id is longer than 128 characters.'],
])('When %s is %j, then %s', async (header, value, code, detail) => {
  const { body } = await send({ headers: { [header]: value } });
  expect([body.code, body.detail]).toEqual([code, detail]);
});

test.each(['a\0b', 'a\ud800', '\udc00a'])(
  'When a text in a body is %j, then 400: no database could hold it',
  async (text) => {
    const parts = { body: z.strictObject({ names: z.array(z.strictObject({ name: z.string() })) }) };
    const operation = { method: 'post' as const, path: '/names', summary: 'Names', request: parts, responses: {} };
    const routes = [route(operation, ({ body }, res) => answer(res, 200, body))];
    const named = createService({ config, routes, ready: async () => undefined }).app;
    const name = (one: string) =>
      request(named)
        .post('/names')
        .send({ names: [{ name: one }] });
    expect((await name('a\ud83d\ude00b')).body.names).toEqual([{ name: 'a😀b' }]);
    const { status, body } = await name(text);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
  },
);

test('When the OpenAPI document is asked for, then headers, query, path and body of the operation are in it', async () => {
  const { body } = await request(app).get('/openapi.json');
  const { parameters, requestBody } = body.paths['/things/{id}/parts'].post;
  expect(parameters.map((one: { in: string; name: string }) => `${one.in} ${one.name}`).toSorted()).toEqual([
    'header idempotency-key',
    'header x-customer-id',
    'path id',
    'query limit',
  ]);
  expect(requestBody.content['application/json'].schema.required).toEqual(['count']);
});
