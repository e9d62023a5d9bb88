import { expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { createLoop } from './loop.ts';

const HOUR = 3_600_000;
const ready = async () => undefined;

test('When there is nothing to do, then a loop waits until it is triggered', async () => {
  let rounds = 0;
  const loop = createLoop({ name: 'test', everyMs: HOUR, ready, round: async () => (rounds++, false) });
  loop.start();
  await eventually(async () => rounds === 1);
  loop.trigger();
  await eventually(async () => rounds === 2);
  await loop.stop();
  expect(rounds).toBe(2);
});

test('When a loop is triggered many times at once, then there is one round', async () => {
  let rounds = 0;
  const loop = createLoop({ name: 'test', everyMs: HOUR, delayMs: 50, ready, round: async () => (rounds++, false) });
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
  const first = Promise.withResolvers<boolean>();
  let rounds = 0;
  const loop = createLoop({
    name: 'test',
    everyMs: HOUR,
    ready,
    round: () => (++rounds === 1 ? first.promise : Promise.resolve(false)),
  });
  loop.start();
  await eventually(async () => rounds === 1);
  loop.trigger();
  first.resolve(false);
  await eventually(async () => rounds === 2);
  await loop.stop();
});

test('When there may be more, then the next round follows at once; when a round fails, then the loop goes on', async () => {
  const results = [true, new Error('away'), false];
  let rounds = 0;
  const round = async () => {
    const result = results[rounds++] ?? false;
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
    round: async () => (rounds++, expect(asked).toBe(3), false),
  });
  loop.start();
  await eventually(async () => rounds > 0);
  await loop.stop();
});

test('When it is stopped in the middle of a round, then the round ends first', async () => {
  const end = Promise.withResolvers<void>();
  let ended = false;
  const loop = createLoop({ name: 'test', everyMs: HOUR, ready, round: () => end.promise.then(() => !(ended = true)) });
  loop.start();
  await new Promise((go) => setImmediate(go));
  const stopping = loop.stop();
  end.resolve();
  await stopping;
  expect(ended).toBe(true);
});
