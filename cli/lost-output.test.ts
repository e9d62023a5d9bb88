import { expect, test } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { FakeProcess } from './testing/run-cli.ts';
import { handleLostOutput } from './lost-output.ts';

/** A process whose `stream` fails with a code; `up`: the shop runs in it. Gives its exit code and how often it got SIGHUP. */
function lost({ stream, code, up }: { stream: 'stdout' | 'stderr'; code: string; up: boolean }) {
  const process = Object.assign(new FakeProcess(), { stdout: new EventEmitter(), stderr: new EventEmitter() });
  let hangUps = 0;
  if (up) process.on('SIGHUP', () => (hangUps += 1));
  handleLostOutput(process as unknown as NodeJS.Process);
  process[stream].emit('error', Object.assign(new Error(code), { code }));
  return { code: process.code, hangUps };
}

test.each([
  [
    { stream: 'stdout', code: 'EPIPE', up: false },
    { code: 0, hangUps: 0 },
  ],
  [
    { stream: 'stdout', code: 'ENOSPC', up: false },
    { code: 1, hangUps: 0 },
  ],
  [
    { stream: 'stdout', code: 'EIO', up: true },
    { code: undefined, hangUps: 1 },
  ],
  [
    { stream: 'stderr', code: 'EPIPE', up: true },
    { code: undefined, hangUps: 1 },
  ],
  [
    { stream: 'stdout', code: 'ENOSPC', up: true },
    { code: undefined, hangUps: 0 },
  ],
] as const)('When output is lost as in %j, then the process does %j', (how, result) => {
  expect(lost(how)).toEqual(result);
});
