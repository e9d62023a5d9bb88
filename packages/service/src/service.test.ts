import { expect, test } from '@jest/globals';
import request from 'supertest';
import { z } from 'zod';
import { Problem, answer, createService, hops, peer, plainRoute, remainingMs, route } from './index.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { configureLogger } from './log.ts';
import { peerOf } from './request-context.ts';

const config = { name: 'example', version: 'v1' as const, pod: 'example-1', port: 0 };

function appWith(ready: () => Promise<unknown> = async () => undefined) {
  const schema = z.strictObject({ count: z.int() });
  const makeThing = {
    method: 'post' as const,
    path: '/things',
    summary: 'Makes a thing',
    request: { body: schema },
    responses: { 201: { description: 'Made.', schema } },
  };
  const routes = [
    plainRoute('/things/:id', (_req, res) => answer(res, 200, { left: remainingMs(), peer: peer(), hops: hops() })),
    plainRoute('/broken', () => {
      throw new Error('the password is hunter2');
    }),
    plainRoute('/declined', () => {
      throw new Problem('payment-declined', { extra: { reason: 'card_declined' } });
    }),
    route(makeThing, ({ body }, res) => answer(res, 201, body)),
  ];
  return createService({ config, routes, ready }).app;
}

test('When something unforeseen is thrown, then the answer is 500 and reveals nothing', async () => {
  const { status, body, text } = await request(appWith()).get('/broken');
  expect([status, body.code, body.instance]).toEqual([500, 'internal', '/broken']);
  expect(text).not.toMatch(/hunter2|service\.test/);
});

test('When a Problem is thrown, then it is answered as problem+json with its own members', async () => {
  const answered = await request(appWith()).get('/declined');
  expect(answered.headers['content-type']).toContain('application/problem+json');
  expect(answered.body).toMatchObject({ status: 402, code: 'payment-declined', reason: 'card_declined' });
});

test.each([
  ['{', 400, 'malformed-json', 'application/json'],
  ['', 400, 'malformed-json', 'application/json'],
  ['{"count":1,"more":2}', 400, 'invalid-request', 'application/json'],
  ['{"count":"1"}', 400, 'invalid-request', 'application/json'],
  [`{"count":1,"x":"${'y'.repeat(17_000)}"}`, 413, 'body-too-large', 'application/json'],
  ['count=1', 415, 'unsupported-media-type', 'application/x-www-form-urlencoded'],
])('When the body is %j, then %d %s', async (body, status, code, type) => {
  const answered = await request(appWith()).post('/things').set('content-type', type).send(body);
  expect([answered.status, answered.body.code]).toEqual([status, code]);
});

test.each(['gzip', 'deflate', 'br'])(
  'When a body is not compressed by %s as it says, then 400 malformed-json',
  async (encoding) => {
    const sent = request(appWith())
      .post('/things')
      .set('content-type', 'application/json')
      .set('content-encoding', encoding);
    const answered = await sent.send('{"count":1}');
    expect([answered.status, answered.body.code]).toEqual([400, 'malformed-json']);
  },
);

test('When a route answers, then the evidence is there', async () => {
  const answered = await request(appWith())
    .get('/things/7')
    .set('x-forwarded-client-cert', 'By=spiffe://a;URI=spiffe://cluster.local/ns/shop/sa/gateway');
  expect(answered.body.servedBy).toEqual({
    service: 'example',
    version: 'v1',
    pod: 'example-1',
    peer: 'spiffe://cluster.local/ns/shop/sa/gateway',
  });
  expect(answered.headers['server-timing']).toMatch(/^example;desc="example v1";dur=[\d.]+$/);
});

test.each([
  [undefined, null],
  ['Hash=1;URI=spiffe://td/ns/a/sa/b', 'spiffe://td/ns/a/sa/b'],
  ['URI=spiffe://td/ns/a/sa/claimed,By=spiffe://td/x;URI=spiffe://td/ns/a/sa/real', 'spiffe://td/ns/a/sa/real'],
  ['Hash=1;Subject="";URI=', null],
])('When x-forwarded-client-cert is %s, then the peer is %s', (header, expected) => {
  expect(peerOf(header)).toBe(expected);
});

test('When a caller names its budget, then that is what is left; else the own default', async () => {
  const named = await request(appWith()).get('/things/7').set('x-request-timeout-ms', '500');
  const unnamed = await request(appWith()).get('/things/7');
  expect(named.body.left).toBeLessThanOrEqual(500);
  expect(unnamed.body.left).toBeGreaterThan(2_000);
});

test.each([
  ['-1', 2_600],
  ['NaN', 2_600],
  ['Infinity', 2_600],
  ['1e9', 2_600],
  ['0x500', 2_600],
  ['5, 5', 2_600],
  ['', 2_600],
  ['99999999999999999999', 60_000],
])('When a caller names %j as its budget, then %d ms are left', async (budget, expected) => {
  const { body } = await request(appWith()).get('/things/7').set('x-request-timeout-ms', budget);
  expect(body.left).toBeLessThanOrEqual(expected);
  expect(body.left).toBeGreaterThan(expected - 1_000);
});

test('When a dependency is not available, then the service is live but not ready', async () => {
  const app = appWith(() => Promise.reject(new Error('away')));
  const [alive, ready] = [await request(app).get('/healthz'), await request(app).get('/readyz')];
  expect([alive.status, ready.status]).toEqual([200, 503]);
});

test('When the metrics are read, then requests are counted by route template, never by path', async () => {
  const app = appWith();
  await request(app).get('/things/secret-id');
  const { text } = await request(app).get('/metrics');
  expect(text).toMatch(/http_server_request_duration_seconds_count\{.*route="\/things\/:id".*\} 1/);
  expect(text).not.toContain('secret-id');
});

test('When the contract is asked for, then it is OpenAPI 3.1 with every route', async () => {
  const { body } = await request(appWith()).get('/openapi.json');
  expect([body.openapi, Object.keys(body.paths)]).toEqual(['3.1.0', ['/things']]);
});

test('When nothing is there, then 404 as a problem', async () => {
  const { status, body } = await request(appWith()).get('/nothing');
  expect([status, body.code]).toEqual([404, 'not-found']);
});

test.each([
  ['/things', 'get', 'POST'],
  ['/things/1', 'post', 'GET, HEAD'],
  ['/openapi.json', 'delete', 'GET, HEAD'],
  ['/healthz', 'post', 'GET, HEAD'],
  ['/metrics', 'put', 'GET, HEAD'],
] as const)('When %s is asked by %s, then 405, and Allow says how', async (path, method, allow) => {
  const { status, headers, body } = await request(appWith())[method](path);
  expect([status, headers['allow'], body.code]).toEqual([405, allow, 'method-not-allowed']);
});

test('When a page is asked for by HEAD, then it is there without a body', async () => {
  const { status, text = '' } = await request(appWith()).head('/things/1');
  expect([status, text]).toEqual([200, '']);
});

test.each([
  ['http', undefined],
  ['https', 'max-age=31536000; includeSubDomains'],
])('When the gateway was asked over %s, then HSTS is %s', async (scheme, expected) => {
  const { headers } = await request(appWith()).get('/things/1').set('x-forwarded-proto', scheme);
  expect(headers['strict-transport-security']).toBe(expected);
});

test('When a client leaves before the answer, then the request counts as 499, with the time that it took', async () => {
  const lines: string[] = [];
  const { promise: asked, resolve: begin } = Promise.withResolvers<void>();
  const app = createService({
    config,
    routes: [plainRoute('/slow', async () => void begin())],
    ready: async () => undefined,
  }).app;
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  const server = app.listen(0);
  const leaving = new AbortController();
  const { port } = server.address() as { port: number };
  const left = fetch(`http://127.0.0.1:${port}/slow`, { signal: leaving.signal }).catch(() => undefined);
  await asked;
  await new Promise((wait) => setTimeout(wait, 50));
  leaving.abort();
  await left;
  await eventually(() => lines.length > 0, 5_000);
  expect(JSON.parse(lines[0]!)).toMatchObject({ route: '/slow', status: 499 });
  expect((JSON.parse(lines[0]!) as { ms: number }).ms).toBeGreaterThan(45);
  const { text } = await request(app).get('/metrics');
  expect(text).toMatch(/^http_server_request_duration_seconds_count\{.*route="\/slow",status="499".*\} 1$/m);
  server.close();
});
