import { expect, test } from '@jest/globals';
import { createEvents } from './events.ts';
import type { ExitStatus, RunningProgram } from '../processes/process.ts';
import { terminate } from './termination.ts';

/** A container that ends by one of the signals it is sent, and keeps when each came. */
function container({ endsBy }: { endsBy: NodeJS.Signals }) {
  const began = performance.now();
  const { promise: exited, resolve } = Promise.withResolvers<ExitStatus>();
  const got: { signal: NodeJS.Signals; ms: number }[] = [];
  const running: RunningProgram = {
    pid: 1,
    exited,
    kill(signal) {
      got.push({ signal, ms: performance.now() - began });
      if (signal === endsBy) resolve({ code: null, signal });
    },
  };
  return { running, got };
}

const never = new AbortController().signal;
const events = createEvents();

/** A signal between two moments: no timer is early by more than a millisecond, and on a busy machine each may be late. */
const sent = (signal: NodeJS.Signals, [from, to]: [number, number]) => ({
  signal,
  ms: {
    asymmetricMatch: (ms: number) => from - 2 <= ms && ms < to,
    toString: () => `${from} to ${to} ms`,
  },
});

test('When there is a preStop sleep, then SIGTERM comes after it', async () => {
  const { running, got } = container({ endsBy: 'SIGTERM' });
  await terminate(running, { sleepMs: 300, graceMs: 5_000, hurry: never, events });
  expect(got).toEqual([sent('SIGTERM', [300, 4_000])]);
});

test('When a container does not listen, then SIGKILL follows at the end of the grace period', async () => {
  const { running, got } = container({ endsBy: 'SIGKILL' });
  await terminate(running, { sleepMs: 100, graceMs: 2_200, hurry: never, events });
  expect(got).toEqual([sent('SIGTERM', [100, 2_200]), sent('SIGKILL', [2_200, 20_000])]);
});

test('When a hurry begins, then the sleep ends', async () => {
  const { running, got } = container({ endsBy: 'SIGTERM' });
  const hurry = new AbortController();
  const end = terminate(running, { sleepMs: 20_000, graceMs: 30_000, hurry: hurry.signal, events });
  hurry.abort();
  await end;
  expect(got).toEqual([sent('SIGTERM', [0, 10_000])]);
});

test('When it can drain, then SIGTERM follows once its callers have left; in a hurry at once', async () => {
  const drained = container({ endsBy: 'SIGTERM' });
  const drain = () => new Promise<void>((resolve) => setTimeout(resolve, 200));
  await terminate({ ...drained.running, drain }, { sleepMs: 100, graceMs: 5_000, hurry: never, events });
  expect(drained.got).toEqual([sent('SIGTERM', [300, 4_000])]);
  const hurried = container({ endsBy: 'SIGTERM' });
  await terminate(
    { ...hurried.running, drain: () => Promise.reject(new Error('not asked')) },
    { sleepMs: 10_000, graceMs: 5_000, hurry: AbortSignal.abort(), events },
  );
  expect(hurried.got).toEqual([sent('SIGTERM', [0, 10_000])]);
});

test('When a signal cannot be sent, then that is an event, and the next one follows', async () => {
  const { running, got } = container({ endsBy: 'SIGKILL' });
  const own = createEvents();
  const kill = (signal: NodeJS.Signals) => {
    if (signal === 'SIGTERM') throw new Error('kill EPERM');
    running.kill(signal);
  };
  const drain = () => Promise.reject(new Error('no answer'));
  await terminate({ ...running, kill, drain }, { sleepMs: 0, graceMs: 100, hurry: never, events: own });
  expect(got).toEqual([sent('SIGKILL', [2_000, 20_000])]);
  expect(own.list().map(({ message }) => message)).toEqual([
    'error killing pod: no answer',
    'error killing pod: kill EPERM',
  ]);
});
