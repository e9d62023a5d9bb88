import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { exchange, exchangeBytes } from './exchange.ts';
import { BODIES, CONTRACTS, OPERATIONS, pathOf, startService } from './services.ts';

const running = Object.fromEntries(
  await Promise.all(Object.keys(CONTRACTS).map(async (name) => [name, await startService(name)] as const)),
);
afterAll(async () => void (await Promise.all(Object.values(running).map((one) => one[Symbol.asyncDispose]()))));

/** Neither a defect nor a crash: level 50 is pino's error, 60 its fatal. */
afterEach(() => {
  for (const { output } of Object.values(running)) expect(output.text).not.toMatch(/"level":[56]0|at file:|Error:/);
});

const JSON_TYPE = { 'content-type': 'application/json' };
const CHUNKED = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' };
const PROBLEM = 'application/problem+json';
/** Done, refused, or in need of a service that is not here. */
const WELL = [200, 201, 202, 400, 404, 503];
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
const big = JSON.stringify({ note: 'x'.repeat(17_000) });

const BODY_FAULTS: [string, number, string, Record<string, string>, Buffer | string][] = [
  ['gzip that is none', 400, 'malformed-json', GZIP, '{"a":1}'],
  ['gzip that is cut off', 400, 'malformed-json', GZIP, gzipSync('{"a":1}').subarray(0, 15)],
  ['gzip that inflates to 100 MB', 413, 'body-too-large', GZIP, gzipSync(Buffer.alloc(100_000_000, ' '))],
  ['gzip that inflates to 10 MB', 413, 'body-too-large', GZIP, gzipSync(Buffer.alloc(10_000_000, ' '))],
  ['an unknown encoding', 415, 'unsupported-media-type', { ...JSON_TYPE, 'content-encoding': 'compress' }, '{}'],
  ['two encodings', 415, 'unsupported-media-type', { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' }, '{}'],
  ['UTF-16', 415, 'unsupported-media-type', { 'content-type': 'application/json; charset=utf-16le' }, '{\0}\0'],
  ['text', 415, 'unsupported-media-type', { 'content-type': 'text/plain' }, '{}'],
  ['17 kB', 413, 'body-too-large', JSON_TYPE, big],
  ['17 kB in a chunk', 413, 'body-too-large', CHUNKED, chunk(big)],
  ['a length of 1 GB', 413, 'body-too-large', { ...JSON_TYPE, 'content-length': '1000000000' }, '{'],
  ['chunks without an end', 413, 'body-too-large', CHUNKED, chunk(big).replace('0\r\n\r\n', '')],
  ['10,000 arrays that open', 400, 'malformed-json', JSON_TYPE, '['.repeat(10_000)],
  ['8,000 arrays in each other', 400, 'invalid-request', JSON_TYPE, '['.repeat(8_000) + ']'.repeat(8_000)],
  ['2,500 objects in each other', 400, 'invalid-request', JSON_TYPE, '{"a":'.repeat(2_500) + '1' + '}'.repeat(2_500)],
  ['the key __proto__', 400, 'invalid-request', JSON_TYPE, '{"__proto__":{"a":1}}'],
  ['the key constructor', 400, 'invalid-request', JSON_TYPE, '{"constructor":{"prototype":{"a":1}}}'],
  ['bytes that are not UTF-8', 400, 'malformed-json', JSON_TYPE, Buffer.from('7b2261223a22ff227d', 'hex')],
  ['a chunk without a length', 400, 'malformed-request', CHUNKED, 'zz\r\n{}\r\n0\r\n\r\n'],
];

const takingBodies = OPERATIONS.filter(({ operation: { request } }) => request && 'body' in request);

describe.each(takingBodies.map((one) => [one.service, one.operation.path, one] as const))(
  '%s %s',
  (service, _path, { operation }) => {
    const send = (headers: Record<string, string>, body: Buffer | string) =>
      exchange(running[service]!.port, { method: 'POST', path: pathOf(operation), headers, body });

    test.each(BODY_FAULTS)('When the body is %s, then %d %s at once', async (_what, status, code, headers, body) => {
      const answer = await send(headers, body);
      expect([answer.status, answer.code, answer.type]).toEqual([status, code, PROBLEM]);
      expect(answer.ms).toBeLessThan(2_500); // the budget of a request is 2,600 ms
    });

    test.each(['\\u0000', '\\ud800', '\\udc00x'])('When any of its texts holds %s, then 400', async (bad) => {
      const good = JSON.stringify(BODIES[`post ${operation.path}`]);
      const texts = [...good.matchAll(/(?<=[:[])"[^"]*(?=")/g)].map(({ index, 0: text }) => index + text.length);
      expect(texts).not.toEqual([]);
      for (const at of texts) {
        const answer = await send(JSON_TYPE, good.slice(0, at) + bad + good.slice(at));
        expect([answer.status, answer.type]).toEqual([400, PROBLEM]);
      }
    });
  },
);

describe.each(OPERATIONS.map((one) => [one.service, one.operation.method, one.operation.path, one] as const))(
  '%s %s %s',
  (service, _method, _path, { operation }) => {
    const method = operation.method.toUpperCase();
    const send = (path: string, headers: Record<string, string> = {}) => {
      const body = JSON.stringify(BODIES[`${operation.method} ${operation.path}`] ?? {});
      return exchange(running[service]!.port, { method, path, headers: { ...JSON_TYPE, ...headers }, body });
    };
    const BAD = ['%', '%zz', '%00', '%ff', '%ed%a0%80', 'a%00b', '%c0%af'];

    test.each(BAD)('When its path holds %s, then 400', async (bad) => {
      const inParameter = await send(pathOf(operation, bad));
      const atTheEnd = await send(`${pathOf(operation)}${bad}`);
      const expected = [400, 'invalid-request', PROBLEM];
      expect([atTheEnd.status, atTheEnd.code, atTheEnd.type]).toEqual(expected);
      if (operation.path.includes('{')) expect([inParameter.status, inParameter.code]).toEqual(expected.slice(0, 2));
    });

    test.each(BAD)('When its query holds %s, then 400', async (bad) => {
      for (const query of [`sku=${bad}`, `${bad}=1`]) {
        const answer = await send(`${pathOf(operation)}?${query}`);
        expect([answer.status, answer.code]).toEqual([400, 'invalid-request']);
      }
    });

    test('When its query names __proto__ or a name twice, then nothing fails', async () => {
      for (const query of ['__proto__=1', '__proto__[a]=1', 'limit=1&limit=2', 'toString=1', 'sku[a]=b']) {
        const answer = await send(`${pathOf(operation)}?${query}`);
        expect(WELL).toContain(answer.status);
      }
    });

    test('When its headers hold bytes that are not UTF-8, or lie about types, then nothing fails', async () => {
      for (const value of ['\xff\xfe', '\xed\xa0\x80', '__proto__', 'a, b'])
        for (const name of ['x-customer-id', 'idempotency-key', 'x-request-id', 'traceparent', 'cookie', 'accept']) {
          const answer = await send(pathOf(operation), { [name]: value });
          expect(WELL).toContain(answer.status);
        }
    });

    test('When a header holds a NUL, then 400', async () => {
      const answer = await send(pathOf(operation), { 'x-customer-id': 'a\0b' });
      expect([answer.status, answer.code, answer.type]).toEqual([400, 'malformed-request', PROBLEM]);
    });

    test('When its path is long, then nothing is there, and 431 when it is longer than all headers may be', async () => {
      const long = await send(`${pathOf(operation)}/${'x'.repeat(10_000)}`);
      const longer = await send(`${pathOf(operation)}/${'x'.repeat(20_000)}`);
      expect([404, 405]).toContain(long.status); // 405: there is a GET /charges/{id}
      expect([longer.status, longer.code, longer.type]).toEqual([431, 'headers-too-large', PROBLEM]);
    });

    test('When its headers are larger than 16 KiB, then 431', async () => {
      const answer = await send(pathOf(operation), { 'x-large': 'x'.repeat(17_000) });
      expect([answer.status, answer.code, answer.type]).toEqual([431, 'headers-too-large', PROBLEM]);
    });
  },
);

describe.each(Object.keys(CONTRACTS))('%s', (service) => {
  test.each([
    'GET\r\n\r\n',
    'hello\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    '\x16\x03\x01\x02\x00',
    'GET / HTTP/1.1\r\na\r\n\r\n',
  ])('When %j arrives, then 400 as a problem, counted and logged', async (bytes) => {
    const { port, output } = running[service]!;
    const counted = async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return Number(/^http_server_refused_requests_total\{status="400".*\} (\d+)/m.exec(text)?.[1] ?? 0);
    };
    const before = await counted();
    const answer = await exchangeBytes(port, bytes);
    expect([answer.status, answer.code, answer.type]).toEqual([400, 'malformed-request', PROBLEM]);
    expect(await counted()).toBe(before + 1);
    expect(output.text).toMatch(/"status":400,"reason":"HPE_\w+","msg":"request refused"/);
  });
});

test('When an operation takes a body, then there is an example of it here', () => {
  expect(takingBodies.map(({ operation }) => `post ${operation.path}`).toSorted()).toEqual(
    Object.keys(BODIES).toSorted(),
  );
});
