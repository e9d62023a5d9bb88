import { expect, test } from '@jest/globals';
import { FakeProcess, stringCli } from '../testing/run-cli.ts';
import { stopOnSignal } from './signals.ts';

/** A shop that never ends stopping, and signals at times of the test's choosing. */
function stopping({ started }: { started: boolean }) {
  const process = new FakeProcess();
  let now = 1_000_000;
  let stops = 0;
  const onStarted = stopOnSignal({ ...stringCli({ state: '', process }), now: () => now });
  const stop = () => {
    stops += 1;
    return new Promise<void>(() => undefined);
  };
  if (started) onStarted({ url: '', stop });
  return (signal: string, laterMs: number) => {
    now += laterMs;
    process.emit(signal);
    return { stops, code: process.code };
  };
}

test('When one Ctrl-C arrives three times, as through npm and the launcher, then the stop stays graceful', () => {
  const send = stopping({ started: true });
  send('SIGINT', 0);
  send('SIGINT', 2);
  expect(send('SIGINT', 100)).toEqual({ stops: 1, code: undefined });
});

test('When Ctrl-C is pressed again, then the process ends at once', () => {
  const send = stopping({ started: true });
  send('SIGINT', 0);
  expect(send('SIGINT', 800)).toEqual({ stops: 1, code: 130 });
});

test('When the terminal closes, then the stop stays graceful, however often its end is noticed', () => {
  const send = stopping({ started: true });
  send('SIGHUP', 0);
  expect(send('SIGHUP', 800)).toEqual({ stops: 1, code: undefined });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('When %s comes before the shop runs, then the process ends at once', (signal, code) => {
  expect(stopping({ started: false })(signal, 0)).toEqual({ stops: 0, code });
});
