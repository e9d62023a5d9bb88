import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerQuery } from './query.ts';
import type { Span } from './span.ts';
import { createStore } from './store.ts';
import { testSpan } from './testing/span.ts';

const NOW = 1_795_517_877_000; // ms
const AT = NOW * 1_000; // µs
const hour = 3_600_000_000;

const span = (trace: number, more: Partial<Span> = {}) =>
  testSpan(trace, { processTags: { zone: 'a' }, start: AT, duration: 1_000, ...more });

const store = createStore({ maxTraces: 100, maxBytes: 1e9 });
store.add([
  span(1, { start: AT - 2 * hour, tags: { 'span.kind': 'server' } }),
  span(2, { name: 'POST /orders/1', duration: 1_500_000, tags: { status: 201n, colour: 'a:b', ok: true } }),
  span(3, { duration: 20_000 }),
  span(4, { service: 'till' }),
  span(4, { service: 'shop', spanId: '2'.padStart(16, '0'), name: 'GET /', tags: { 'span.kind': 'client' } }),
]);
const ask = (path: string) => answerQuery(store, path, () => NOW) as { status: number; body: Answer };
interface Answer {
  data: unknown;
  errors: { code?: number; msg: string }[] | null;
}
const found = (query: string) => {
  const { data } = ask(`/api/traces?${query}`).body as { data: { traceID: string }[] };
  return data.map(({ traceID }) => Number(traceID));
};

test.each([
  ['service=shop', [4, 3, 2, 1]],
  ['service=till', [4]],
  ['service=unknown', []],
  ['service=shop&limit=2', [4, 3]],
  ['service=shop&operation=POST+/orders/1', [2]],
  ['service=till&operation=POST+/orders/1', []],
  [`service=shop&start=${AT - hour}`, [4, 3, 2]],
  [`service=shop&end=${AT - hour}`, [1]],
  ['service=shop&lookback=1h', [4, 3, 2]],
  ['service=shop&lookback=1d', [4, 3, 2, 1]],
  [`service=shop&lookback=1h&start=${AT - 3 * hour}`, [4, 3, 2, 1]],
  ['service=shop&minDuration=20ms', [3, 2]],
  ['service=shop&minDuration=1s500ms', [2]],
  ['service=shop&minDuration=0.9ms&maxDuration=20000us', [4, 3, 1]],
  ['service=shop&tags=%7B%22status%22:%22201%22,%22ok%22:%22true%22%7D', [2]],
  ['service=shop&tags=%7B%22status%22:%22500%22%7D', []],
  ['service=shop&tag=colour:a:b', [2]],
  ['service=shop&tag=zone:a&limit=1', [4]],
  ['service=&traceID=3&traceID=0004', [3, 4]],
])('When the search is %s, then it finds %j, newest first', (query, ids) => {
  expect(found(query)).toEqual(ids);
});

test.each([
  ['/api/traces', "parameter 'service' is required"],
  ['/api/operations', "parameter 'service' is required"],
  ['/api/traces?service=shop&limit=few', `unable to parse param 'limit': "few" is not a whole number`],
  ['/api/traces?service=shop&start=-1', `unable to parse param 'start': "-1" is not a whole number`],
  ['/api/traces?service=shop&minDuration=1', `unable to parse param 'minDuration': "1" is not a duration such as 1.5s`],
  ['/api/traces?service=shop&minDuration=2s&maxDuration=1s', "'maxDuration' should be greater than 'minDuration'"],
  ['/api/traces?service=shop&tags={', "malformed 'tags' parameter, expecting a JSON object of strings, received: {"],
  ['/api/traces?service=shop&tags=[]', "malformed 'tags' parameter, expecting a JSON object of strings, received: []"],
  ['/api/traces?service=shop&tag=x', "malformed 'tag' parameter, expecting key:value, received: x"],
  ['/api/traces/zz', '"zz" is not a trace id of at most 32 hexadecimal digits'],
  ['/api/services/%zz/operations', 'the path is not percent-encoded'],
])('When the request is %s, then 400: %s', (path, msg) => {
  expect(ask(path)).toEqual({
    status: 400,
    body: { data: null, total: 0, limit: 0, offset: 0, errors: [{ code: 400, msg }] },
  });
});

test('When a trace does not exist, then 404 with Jaeger’s message, and a search by ids names it', () => {
  const errors = [{ code: 404, msg: 'trace not found' }];
  expect(ask('/api/traces/99')).toEqual({ status: 404, body: { data: null, total: 0, limit: 0, offset: 0, errors } });
  expect(ask('/api/traces?traceID=99').body).toMatchObject({
    data: [],
    errors: [{ msg: 'trace not found', traceID: '99'.padStart(32, '0') }],
  });
  expect(ask('/elsewhere').status).toBe(404);
});

test('When services and operations are requested, then they are listed and counted', () => {
  expect(ask('/api/services').body).toEqual({ data: ['shop', 'till'], total: 2, limit: 0, offset: 0, errors: null });
  expect(ask('/api/services/shop/operations').body.data).toEqual(['GET /', 'POST /orders/1']);
  expect(ask('/api/operations?service=shop').body.data).toEqual([
    { name: 'GET /', spanKind: '' },
    { name: 'GET /', spanKind: 'client' },
    { name: 'GET /', spanKind: 'server' },
    { name: 'POST /orders/1', spanKind: '' },
  ]);
  expect(ask('/api/operations?service=shop&spanKind=server').body.data).toEqual([
    { name: 'GET /', spanKind: 'server' },
  ]);
});

test('When any path is requested, then there is an answer', () => {
  const names = fc.constantFrom('service', 'limit', 'start', 'tags', 'tag', 'minDuration', 'lookback', 'traceID');
  const query = fc.array(fc.tuple(names, fc.oneof(fc.string(), fc.json()))).map((pairs) => new URLSearchParams(pairs));
  const path = fc.constantFrom('/api/traces', '/api/traces/', '/api/services/', '/api/operations', '//', '');
  fc.assert(
    fc.property(path, fc.string(), query, (base, rest, asked) => {
      for (const target of [base + rest, `${base}?service=shop&${asked}`])
        expect([200, 400, 404]).toContain(ask(target).status);
    }),
  );
});
