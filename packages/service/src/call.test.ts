import { expect, jest, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { eventually } from '../../../test/support/eventually.ts';
import { answer, createService, hops, plainRoute, withContext } from './index.ts';
import { startUpstream } from './testing/upstream.ts';

const GET = { method: 'GET', path: '/charges/1' } as const;
const JSON_TYPE = { 'content-type': 'application/json' };

/** An answer that is written at once. */
const says =
  (status: number, body: string, type = JSON_TYPE) =>
  (res: ServerResponse) =>
    res.writeHead(status, type).end(body);

/** A service with one route, which makes one call. */
function caller(upstream: Awaited<ReturnType<typeof startUpstream>>) {
  const start = plainRoute('/', async (_req, res) => {
    await upstream.callee.call(GET);
    answer(res, 200, { hops: hops() });
  });
  const config = { name: 'checkout', version: 'v1' as const, pod: 'checkout-1', port: 0 };
  return createService({ config, routes: [start], ready: async () => undefined }).app;
}

test.each([
  // Seconds, and not less: the answer comes at once, but a busy machine may be late to read it.
  ["the callee's own limit", { limit: 8_000, timeoutMs: 18_000, budget: 18_000 }],
  ["the call's own limit", { limit: 18_000, timeoutMs: 8_000, budget: 18_000 }],
  ['what is left of the request', { limit: 18_000, timeoutMs: 18_000, budget: 8_000 }],
])('When %s is the least, then that is the deadline that the callee gets', async (_which, times) => {
  await using upstream = await startUpstream(times.limit);
  await withContext(times.budget, () => upstream.callee.call({ ...GET, timeoutMs: times.timeoutMs }));
  const sent = upstream.requests[0]!.headers['x-request-timeout-ms'];
  expect(sent).toMatch(/^\d+$/);
  expect(Number(sent)).toBeLessThanOrEqual(8_000);
  expect(Number(sent)).toBeGreaterThan(2_000);
});

test('When the caller has no time left, then deadline-exceeded and nothing is sent', async () => {
  await using upstream = await startUpstream();
  await expect(withContext(0, () => upstream.callee.call(GET))).rejects.toMatchObject({ code: 'deadline-exceeded' });
  expect(upstream.connections.size).toBe(0);
});

const HTML = { 'content-type': 'text/html' };
const PROBLEM = { 'content-type': 'application/problem+json' };
test.each<[string, string, (res: ServerResponse) => unknown]>([
  ['503 from Envoy', 'upstream-refused', says(503, 'no healthy upstream', { 'content-type': 'text/plain' })],
  ['503 from Envoy without a body', 'upstream-refused', says(503, '')],
  ['504 from Envoy', 'upstream-timeout', says(504, 'upstream request timeout', { 'content-type': 'text/plain' })],
  ['503 of its own', 'upstream-refused', says(503, '{"code":"database-unavailable"}', PROBLEM)],
  ['504 of its own', 'upstream-timeout', says(504, '{"code":"deadline-exceeded"}', PROBLEM)],
  ['500', 'upstream-failed', says(500, '{"code":"internal"}', PROBLEM)],
  ['200 that is not JSON', 'upstream-failed', says(200, '<p>hello</p>', HTML)],
  ['200 that breaks off within its JSON', 'upstream-failed', says(200, '{"id":')],
  ['204', 'upstream-failed', says(204, '')],
  ['403 from Envoy', 'upstream-failed', says(403, 'RBAC: access denied', { 'content-type': 'text/plain' })],
  ['cut connection', 'upstream-refused', (res) => res.destroy()],
  ['connection cut within the body', 'upstream-refused', (res) => res.write('{', () => res.destroy())],
])('When the answer is a %s, then %s', async (_what, code, reply) => {
  await using upstream = await startUpstream();
  upstream.reply = reply;
  await expect(upstream.callee.call(GET)).rejects.toMatchObject({ name: 'Problem', code });
});

test('When no process listens, then upstream-refused, which names the service and not its address', async () => {
  await using upstream = await startUpstream();
  await upstream.stop();
  const refused = { code: 'upstream-refused', status: 503, message: 'billing is not available.' };
  await expect(upstream.callee.call(GET)).rejects.toMatchObject({ ...refused, headers: { 'retry-after': '1' } });
});

test.each<[string, (res: ServerResponse) => unknown]>([
  ['does not answer', () => undefined],
  ['does not end its answer', (res) => res.write('{')],
])('When the callee %s, then upstream-timeout as soon as the budget is spent', async (_what, reply) => {
  await using upstream = await startUpstream();
  upstream.reply = reply;
  const start = performance.now();
  const timedOut = { code: 'upstream-timeout', message: 'billing did not answer in time.' };
  await expect(withContext(150, () => upstream.callee.call(GET))).rejects.toMatchObject(timedOut);
  expect(performance.now() - start).toBeLessThan(1_500);
});

test.each([201, 402, 404, 409, 422])('When a service answers %d in JSON, then that is the answer', async (status) => {
  await using upstream = await startUpstream();
  upstream.reply = (res) => res.writeHead(status, { 'x-kept': 'yes' }).end('{"code":"its-own"}');
  const answered = await upstream.callee.call(GET);
  expect(answered).toMatchObject({ status, headers: { 'x-kept': 'yes' }, body: { code: 'its-own' } });
});

test('When a body is sent, then it arrives as JSON beside the headers of the call', async () => {
  await using upstream = await startUpstream();
  const { promise: arrived, resolve } = Promise.withResolvers<string>();
  upstream.reply = (res, req) => void text(req).then((body) => (resolve(body), res.end('{}')));
  await upstream.callee.call({ method: 'POST', path: '/charges', body: { a: 1 }, headers: { 'idempotency-key': 'k' } });
  expect(await arrived).toBe('{"a":1}');
  expect(upstream.requests[0]).toMatchObject({ method: 'POST', url: '/charges', headers: { 'idempotency-key': 'k' } });
  expect(upstream.requests[0]!.headers).toMatchObject({ ...JSON_TYPE, accept: 'application/json' });
});

test('When a call is made for a request, then it has the id and release of that request, and no other header', async () => {
  await using upstream = await startUpstream();
  const others = { cookie: 'a=b', authorization: 'secret', traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` };
  const { status } = await request(caller(upstream))
    .get('/')
    .set({ 'x-request-id': 'r-1', 'x-release': 'v2', ...others });
  const { headers } = upstream.requests[0]!;
  expect([status, headers['x-request-id'], headers['x-release']]).toEqual([200, 'r-1', 'v2']);
  for (const name of Object.keys(others)) expect(headers).not.toHaveProperty(name);
});

const by = (service: string) => ({ service, version: 'v2', pod: `${service}-1`, peer: null });

test('When the callee names itself and its own calls, then both are hops, in this order', async () => {
  await using upstream = await startUpstream();
  const further = { ...by('ledger'), calledBy: 'billing', ms: 1 };
  upstream.reply = says(200, JSON.stringify({ servedBy: by('billing'), hops: [further] }));
  const { body, headers } = await request(caller(upstream)).get('/');
  expect(body.hops).toEqual([{ ...by('billing'), calledBy: 'checkout', ms: expect.any(Number) }, further]);
  expect(headers['server-timing']).toMatch(/^checkout;.*, billing;desc="billing v2";dur=[\d.]+, ledger;/);
});

test.each([
  ['a list', []],
  ['nothing', null],
  ['no object', { servedBy: 'billing', hops: 'none' }],
  ['of another form', { servedBy: { ...by('billing'), more: 1 }, hops: [by('ledger')] }],
])('When the evidence is %s, then it is left out and the call still succeeds', async (_what, body) => {
  await using upstream = await startUpstream();
  upstream.reply = says(200, JSON.stringify(body));
  const answered = await request(caller(upstream)).get('/');
  expect([answered.status, answered.body.hops]).toEqual([200, []]);
});

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

test('When many calls are made, then they rotate over several connections, each closed after ten seconds', async () => {
  await using upstream = await startUpstream();
  const call16 = async () => {
    for (let call = 0; call < 16; call++) await upstream.callee.call(GET);
  };
  jest.useFakeTimers({
    now: 10_000,
    doNotFake: [...TIMERS, 'nextTick', 'setImmediate', 'queueMicrotask', 'performance'],
  });
  try {
    await call16();
    expect(upstream.connections.size).toBe(16);
    jest.setSystemTime(20_001);
    await call16();
    expect(upstream.connections.size).toBe(32);
  } finally {
    jest.useRealTimers();
  }
});

test('When a connection is idle, then it is given up within seconds, though the callee would keep it for 75', async () => {
  await using upstream = await startUpstream();
  const { headers } = await upstream.callee.call(GET);
  expect(headers['keep-alive']).toBe('timeout=75');
  await eventually(async () => upstream.closed === 1);
});
