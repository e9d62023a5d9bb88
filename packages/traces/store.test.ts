import { expect, test } from '@jest/globals';
import { createStore } from './store.ts';
import { testSpan as span } from './testing/span.ts';

const spans = (trace: number, count: number) =>
  Array.from({ length: count }, (_, index) => span(trace, { spanId: `${index}`.padStart(16, '0') }));
const kept = (store: ReturnType<typeof createStore>) => [...store.traces()].map(([first]) => Number(first!.traceId));

test('When there are more traces than the limit, then the oldest are removed', () => {
  const store = createStore({ maxTraces: 3, maxBytes: 1e9 });
  for (const trace of [1, 2, 3, 1, 4, 5]) store.add([span(trace)]);
  expect(kept(store)).toEqual([5, 4, 3]);
  expect(store.get('1'.padStart(32, '0'))).toBeUndefined();
  expect(store.size()).toMatchObject({ traces: 3, spans: 3 });
});

test('When traces have more than ten spans on average, then whole traces are removed, oldest first', () => {
  const store = createStore({ maxTraces: 500, maxBytes: 1e9 });
  for (let trace = 1; trace <= 6; trace += 1) store.add(spans(trace, 1_000));
  expect(kept(store)).toEqual([6, 5, 4, 3, 2]);
  expect(store.size().spans).toBe(5_000);
});

test('When texts are long, then the limit in bytes holds', () => {
  const store = createStore({ maxTraces: 5_000, maxBytes: 1_000_000 });
  for (let trace = 1; trace <= 100; trace += 1) store.add([span(trace, { tags: { sql: 'x'.repeat(99_000) } })]);
  expect(kept(store)).toHaveLength(10);
  expect(kept(store)[0]).toBe(100);
  expect(store.size().bytes).toBeLessThanOrEqual(1_000_000);
});

test('When a trace grows without end, then its further spans are dropped and the other traces stay', () => {
  const store = createStore({ maxTraces: 5_000, maxBytes: 1e9 });
  store.add([span(1)]);
  store.add(spans(2, 10_000));
  expect(store.size()).toMatchObject({ traces: 2, spans: 2_001 });
});

test('When a span is sent twice, then its last version is stored, and it is counted once', () => {
  const store = createStore({ maxTraces: 10, maxBytes: 1e9 });
  store.add([span(1, { tags: { text: 'x'.repeat(100) } }), span(1, { name: 'again' })]);
  expect(store.get('1'.padStart(32, '0'))?.map(({ name }) => name)).toEqual(['again']);
  const once = createStore({ maxTraces: 10, maxBytes: 1e9 });
  once.add([span(1, { name: 'again' })]);
  expect(store.size()).toEqual(once.size());
});

test('When client and server share a span id, as in Zipkin, then both spans are stored', () => {
  const store = createStore({ maxTraces: 10, maxBytes: 1e9 });
  store.add([span(1, { tags: { 'span.kind': 'client' } }), span(1, { tags: { 'span.kind': 'server' } })]);
  expect(store.size().spans).toBe(2);
});
