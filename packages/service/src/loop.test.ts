import { expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { configureLogger } from './log.ts';
import { type Round, createLoop } from './loop.ts';

const HOUR = 3_600_000;
const ready = async () => undefined;
const IDLE: Round = { more: false, done: 0, failed: 0 };
const DONE: Round = { more: false, done: 1, failed: 0 };
const FAILED: Round = { more: false, done: 0, failed: 3, reason: 'away' };

test('When there is nothing to do, then a loop waits until it is triggered', async () => {
  let rounds = 0;
  const loop = createLoop({ name: 'test', everyMs: HOUR, ready, round: async () => (rounds++, IDLE) });
  loop.start();
  await eventually(async () => rounds === 1);
  loop.trigger();
  await eventually(async () => rounds === 2);
  await loop.stop();
  expect(rounds).toBe(2);
});

test('When a loop is triggered many times at once, then there is one round', async () => {
  let rounds = 0;
  const loop = createLoop({ name: 'test', everyMs: HOUR, delayMs: 50, ready, round: async () => (rounds++, IDLE) });
  loop.start();
  await eventually(async () => rounds === 1);
  for (let call = 0; call < 10; call++) {
    loop.trigger();
    await new Promise((go) => setImmediate(go));
  }
  await eventually(async () => rounds === 2);
  await loop.stop();
  expect(rounds).toBe(2);
});

test('When a loop is triggered during a round, then another round follows', async () => {
  const first = Promise.withResolvers<Round>();
  let rounds = 0;
  const loop = createLoop({
    name: 'test',
    everyMs: HOUR,
    ready,
    round: () => (++rounds === 1 ? first.promise : Promise.resolve(IDLE)),
  });
  loop.start();
  await eventually(async () => rounds === 1);
  loop.trigger();
  first.resolve(IDLE);
  await eventually(async () => rounds === 2);
  await loop.stop();
});

test('When there may be more, then the next round follows at once; when a round fails, then the loop goes on', async () => {
  const results = [{ ...DONE, more: true }, new Error('away'), IDLE];
  let rounds = 0;
  const round = async () => {
    const result = results[rounds++] ?? IDLE;
    if (result instanceof Error) throw result;
    return result;
  };
  const loop = createLoop({ name: 'test', everyMs: 10, ready, round });
  loop.start();
  await eventually(async () => rounds >= 3);
  await loop.stop();
});

test('When the service is not ready yet, then no round runs', async () => {
  let asked = 0;
  let rounds = 0;
  const later = async () => {
    if (++asked < 3) throw new Error('not yet');
  };
  const loop = createLoop({
    name: 'test',
    everyMs: 5,
    ready: later,
    round: async () => (rounds++, expect(asked).toBe(3), IDLE),
  });
  loop.start();
  await eventually(async () => rounds > 0);
  await loop.stop();
});

test('When it is stopped in the middle of a round, then the round ends first', async () => {
  const end = Promise.withResolvers<void>();
  let ended = false;
  const loop = createLoop({
    name: 'test',
    everyMs: HOUR,
    ready,
    round: () => end.promise.then(() => ((ended = true), IDLE)),
  });
  loop.start();
  await new Promise((go) => setImmediate(go));
  const stopping = loop.stop();
  end.resolve();
  await stopping;
  expect(ended).toBe(true);
});

/** Runs a loop whose rounds give `results`, the last one again and again, until `wanted` rounds have begun. Gives their times and the log. */
async function timesOf(results: readonly Round[], wanted: number) {
  const lines: string[] = [];
  configureLogger(
    { service: 'test', version: 'v1', pod: 'test' },
    { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
  );
  const times: number[] = [];
  const round = async () => {
    times.push(performance.now());
    loop.trigger();
    return results[times.length - 1] ?? results.at(-1)!;
  };
  const loop = createLoop({ name: 'work', everyMs: 5, ready, round });
  loop.start();
  await eventually(async () => times.length >= wanted);
  await loop.stop();
  return { times, lines };
}

test('When all of a round fails, then the next one comes later and later, also when it is triggered, and stopping does not wait', async () => {
  const { times } = await timesOf([FAILED], 4);
  const [first, second, third] = times.slice(1).map((time, index) => time - times[index]!) as [number, number, number];
  expect(first).toBeGreaterThanOrEqual(249);
  expect(second).toBeGreaterThanOrEqual(499);
  expect(third).toBeGreaterThanOrEqual(999);
  const start = performance.now();
  await timesOf([FAILED, FAILED, FAILED], 3);
  expect(performance.now() - start).toBeLessThan(3_000);
}, 20_000);

test('When work fails again and again, then the log says so once, and once more when it succeeds', async () => {
  const partly = { more: false, done: 1, failed: 1, reason: 'wrong' };
  const { lines } = await timesOf([DONE, partly, partly, FAILED, IDLE, FAILED, DONE, DONE], 9);
  expect(lines).toEqual(['work: work fails, and is tried again', 'work: works again']);
});
