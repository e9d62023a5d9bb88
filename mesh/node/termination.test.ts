import { expect, test } from '@jest/globals';
import type { End, Running } from './process.ts';
import { terminate } from './termination.ts';

/** A container that ends by one of the signals it is sent, and keeps when each came. */
function container({ endsBy }: { endsBy: NodeJS.Signals }) {
  const began = performance.now();
  const { promise: exited, resolve } = Promise.withResolvers<End>();
  const got: string[] = [];
  const running: Running = {
    pid: 1,
    exited,
    kill(signal) {
      got.push(`${signal} at ${Math.round((performance.now() - began) / 100) / 10} s`);
      if (signal === endsBy) resolve({ code: null, signal });
    },
  };
  return { running, got };
}

const never = new AbortController().signal;

test('When there is a preStop sleep, then SIGTERM comes after it', async () => {
  const { running, got } = container({ endsBy: 'SIGTERM' });
  await terminate(running, { sleepMs: 300, graceMs: 5_000, hurry: never });
  expect(got).toEqual(['SIGTERM at 0.3 s']);
});

test('When a container does not listen, then SIGKILL follows at the end of the grace period', async () => {
  const { running, got } = container({ endsBy: 'SIGKILL' });
  await terminate(running, { sleepMs: 100, graceMs: 2_200, hurry: never });
  expect(got).toEqual(['SIGTERM at 0.1 s', 'SIGKILL at 2.2 s']);
});

test('When there is suddenly a hurry, then the sleep is over', async () => {
  const { running, got } = container({ endsBy: 'SIGTERM' });
  const hurry = new AbortController();
  const end = terminate(running, { sleepMs: 20_000, graceMs: 30_000, hurry: hurry.signal });
  hurry.abort();
  await end;
  expect(got).toEqual(['SIGTERM at 0 s']);
});

test('When it can drain, then it is told to end once its callers have gone; in a hurry at once', async () => {
  const drained = container({ endsBy: 'SIGTERM' });
  const drain = () => new Promise<void>((resolve) => setTimeout(resolve, 200));
  await terminate({ ...drained.running, drain }, { sleepMs: 100, graceMs: 5_000, hurry: never });
  expect(drained.got).toEqual(['SIGTERM at 0.3 s']);
  const hurried = container({ endsBy: 'SIGTERM' });
  await terminate({ ...hurried.running, drain }, { sleepMs: 100, graceMs: 5_000, hurry: AbortSignal.abort() });
  expect(hurried.got).toEqual(['SIGTERM at 0 s']);
});
