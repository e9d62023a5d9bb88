import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { otlpBody, otlpSpan, zipkinSpan } from './testing/bodies.ts';
import { type TestStore, openStore } from './testing/store.ts';

let store: TestStore;
beforeAll(async () => void (store = await openStore()));
afterAll(() => store.close());

const JSON_TYPE = 'application/json';
const PATHS = { otlp: '/v1/traces', zipkin: '/api/v2/spans', thrift: '/api/traces' };
const SPAN = 'd'.repeat(16);

test('When spans arrive over OTLP, then the answer is an ExportTraceServiceResponse in the format that was sent', async () => {
  const body = otlpBody([otlpSpan('a'.repeat(32), SPAN)]);
  const json = await store.post(store.ports.otlp, PATHS.otlp, { body, type: 'application/json; charset=utf-8' });
  expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([200, JSON_TYPE, '{}']);
  const empty = await store.post(store.ports.otlp, PATHS.otlp, { body: '', type: 'application/x-protobuf' });
  expect([empty.status, empty.headers.get('content-type'), await empty.text()]).toEqual([
    200,
    'application/x-protobuf',
    '',
  ]);
});

test.each([
  ['otlp', 'c'.repeat(32), (id: string) => otlpBody([otlpSpan(id, SPAN)])],
  ['zipkin', 'e'.repeat(32), (id: string) => JSON.stringify([zipkinSpan(id, SPAN)])],
] as const)('When %s gets a body in gzip, then it is read', async (port, id, make) => {
  const body = new Uint8Array(gzipSync(make(id)));
  const answer = await store.post(store.ports[port], PATHS[port], { body, type: JSON_TYPE, encoding: 'gzip' });
  expect(answer.ok).toBe(true);
  expect((await store.json(`/api/traces/${id}`)).status).toBe(200);
});

const span = (more: object) => otlpBody([otlpSpan('b'.repeat(32), SPAN, more)]);
const attribute = (value: object) => span({ attributes: [{ key: 'n', value }] });

test.each([
  ['otlp', JSON_TYPE, '{', 400, 'The body is not JSON.'],
  ['otlp', JSON_TYPE, 'null', 400, 'The body does not match its format.'],
  ['otlp', JSON_TYPE, span({ traceId: '' }), 400, '"" is not an id of at most 32 hexadecimal digits.'],
  ['otlp', JSON_TYPE, span({ spanId: 'xyz' }), 400, '"xyz" is not an id of at most 16 hexadecimal digits.'],
  ['otlp', JSON_TYPE, span({ startTimeUnixNano: 'soon' }), 400, '"soon" is not a time.'],
  ['otlp', JSON_TYPE, span({ endTimeUnixNano: undefined }), 400, '"undefined" is not a time.'],
  ['otlp', JSON_TYPE, attribute({ intValue: 'many' }), 400, 'The body does not match its format.'],
  ['otlp', 'application/x-protobuf', '\u0007\u0007', 400, 'The body is not an ExportTraceServiceRequest in protobuf.'],
  ['otlp', 'text/plain', 'x', 415, 'The content type is not supported: "text/plain".'],
  ['zipkin', JSON_TYPE, '{}', 400, 'The body is not a list of Zipkin v2 spans.'],
  ['zipkin', JSON_TYPE, '[null]', 400, 'The body does not match its format.'],
  ['zipkin', JSON_TYPE, '[{"id":"1"}]', 400, '"undefined" is not an id of at most 32 hexadecimal digits.'],
  ['zipkin', JSON_TYPE, '[{"traceId":"1","id":"1","duration":-1}]', 400, '"-1" is not a time.'],
  ['zipkin', 'application/x-thrift', '[]', 415, 'The content type is not supported: "application/x-thrift".'],
  [
    'thrift',
    'application/x-thrift',
    'nonsense',
    400,
    'The body has a Thrift value of type 110, which no Jaeger batch has.',
  ],
  [
    'thrift',
    'application/vnd.apache.thrift.binary',
    '\u0000',
    400,
    'The body is not a Jaeger batch: it has no process.',
  ],
  ['thrift', JSON_TYPE, '[]', 415, 'The content type is not supported: "application/json".'],
] as const)('When %s gets %s %s, then %d: %s', async (port, type, body, status, sentence) => {
  const answer = await store.post(store.ports[port], PATHS[port], { body, type });
  expect([answer.status, await answer.text()]).toEqual([status, `${sentence}\n`]);
  expect(store.store.get('b'.repeat(32))).toBeUndefined();
});

test('When one span of a body is bad, then none of the body is kept', async () => {
  const id = 'f'.repeat(32);
  const body = JSON.stringify([zipkinSpan(id, SPAN), zipkinSpan(id, 'none')]);
  expect((await store.post(store.ports.zipkin, PATHS.zipkin, { body, type: JSON_TYPE })).status).toBe(400);
  expect(store.store.get(id)).toBeUndefined();
});

test('When spans are sent to the wrong path or with the wrong method, then the answer names the right one', async () => {
  const wrong = await store.post(store.ports.thrift, '/elsewhere', { body: '', type: 'application/x-thrift' });
  expect([wrong.status, await wrong.text()]).toEqual([404, 'Send spans to POST /api/traces.\n']);
  const got = await fetch(`http://127.0.0.1:${store.ports.zipkin}/api/v2/spans`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each([
  ['sent', new Uint8Array(8 * 1024 * 1024 + 1).fill(32), undefined],
  ['sent, and not all of it has arrived', new Uint8Array(32 * 1024 * 1024).fill(32), undefined],
  ['decompressed', new Uint8Array(gzipSync(Buffer.alloc(8 * 1024 * 1024 + 1, ' '))), 'gzip'],
])('When a body is larger than 8 MiB as %s, then 413', async (_, body, encoding) => {
  const answer = await store.post(store.ports.otlp, PATHS.otlp, {
    body,
    type: JSON_TYPE,
    ...(encoding && { encoding }),
  });
  expect([answer.status, await answer.text()]).toEqual([413, 'The body is larger than 8 MiB.\n']);
});

test('When the encoding of a body is not supported or not the declared one, then the answer says so', async () => {
  const send = async (encoding: string) => {
    const answer = await store.post(store.ports.zipkin, PATHS.zipkin, { body: '[]', type: JSON_TYPE, encoding });
    return [answer.status, await answer.text()];
  };
  expect(await send('br')).toEqual([415, 'The content encoding is not supported: "br".\n']);
  expect(await send('gzip')).toEqual([400, 'The body is declared as gzip, but is not.\n']);
});

test('When spans are accepted, then no end of the connection is announced: a batch sent at that end would be lost', async () => {
  await using store = await openStore();
  const body = otlpBody([otlpSpan('d'.repeat(32), SPAN)]);
  const taken = await store.post(store.ports.otlp, PATHS.otlp, { body, type: JSON_TYPE });
  expect([taken.status, taken.headers.get('connection'), taken.headers.get('keep-alive')]).toEqual([
    200,
    'keep-alive',
    null,
  ]);
});
