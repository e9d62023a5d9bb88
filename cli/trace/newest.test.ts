import { expect, test } from '@jest/globals';
import { fakeShop, type Routes } from '../testing/fake-shop.ts';
import { runCli } from '../testing/run-cli.ts';
import { checkoutTrace } from '../testing/traces.ts';
import type { JaegerTrace } from '../../places/traces.ts';

const OLD = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const NEW = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

function store(traces: () => JaegerTrace[]): Routes {
  return {
    'GET /traces/api/services': { json: { data: ['checkout', 'billing'] } },
    'GET /traces/api/traces': () => ({ json: { data: traces() } }),
    [`GET /traces/api/traces/${OLD}`]: () => ({ json: { data: traces().filter(({ traceID }) => traceID === OLD) } }),
  };
}

const whole = (id: string, agoMs: number) => checkoutTrace({ begin: Date.now() - agoMs, id });
const without = (spanID: string, trace: JaegerTrace): JaegerTrace => ({
  ...trace,
  spans: trace.spans.filter((span) => span.spanID !== spanID),
});
const idOf = (out: string) => (JSON.parse(out) as JaegerTrace).traceID;

test('When the newest trace ended long ago, then it is drawn at once', async () => {
  const traces = [whole(OLD, 60_000), whole(NEW, 30_000)];
  await using shop = await fakeShop(store(() => traces));
  const { out, err } = await runCli(shop, 'trace', '-o', 'json');
  expect([idOf(out), err]).toEqual([NEW, '']);
});

test('When spans of the newest trace are missing, then the command waits for them', async () => {
  let asked = 0;
  const begin = Date.now() - 60;
  const late = checkoutTrace({ begin, id: NEW });
  const traces = () => [whole(OLD, 60_000), (asked += 1) > 20 ? late : { ...late, spans: late.spans.slice(1) }];
  await using shop = await fakeShop(store(traces));
  const { out, err } = await runCli(shop, 'trace', 'last', '-o', 'json');
  expect((JSON.parse(out) as JaegerTrace).spans).toHaveLength(4);
  expect([idOf(out), err]).toEqual([NEW, 'still arriving …\n']);
});

test('When the newest trace stays incomplete, then the newest complete one is drawn, and a line says so', async () => {
  // The charge is missing between a root and the database's span.
  const traces = [whole(OLD, 60_000), without('b', whole(NEW, 10_000))];
  await using shop = await fakeShop(store(() => traces));
  const { out, err } = await runCli(shop, 'trace', '-o', 'json');
  expect([idOf(out), err]).toEqual([
    OLD,
    `still arriving …\nTrace ${NEW} is still arriving; this is the newest whole one.\n`,
  ]);
});

test("When a caller sent its own traceparent, then the trace is drawn without the caller's span", async () => {
  const traces = [whole(OLD, 60_000), without('a', whole(NEW, 10_000))];
  await using shop = await fakeShop(store(() => traces));
  const { out, err } = await runCli(shop, 'trace', '-o', 'json');
  expect([idOf(out), err]).toEqual([NEW, '']);
});

test('When there is no trace, then it says how to make one', async () => {
  await using shop = await fakeShop(store(() => []));
  const { code, err } = await runCli(shop, 'trace');
  expect([code, err]).toEqual([
    1,
    'error: no trace has arrived yet. Buy something: npx tuesday traffic --checkout --requests 1\n',
  ]);
});

test('When a trace is asked for by id, then it is that one, or not found', async () => {
  await using shop = await fakeShop(store(() => [whole(OLD, 10)]));
  expect(idOf((await runCli(shop, 'trace', OLD.toUpperCase(), '-o', 'json')).out)).toBe(OLD);
  expect((await runCli(shop, 'trace', 'cc')).err).toBe('Error from server (NotFound): trace "cc" not found\n');
  expect((await runCli(shop, 'trace', 'newest')).err).toMatch(/"newest" is no trace id/);
});
