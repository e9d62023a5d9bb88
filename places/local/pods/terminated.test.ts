import { expect, test } from '@jest/globals';
import { terminatedNow } from './terminated.ts';

test.each([
  [
    { code: 0, signal: null },
    { exitCode: 0, reason: 'Completed' },
  ],
  [
    { code: 3, signal: null },
    { exitCode: 3, reason: 'Error' },
  ],
  [
    { code: null, signal: 'SIGKILL' },
    { exitCode: 137, signal: 9, reason: 'Error' },
  ],
  [
    { code: null, signal: 'SIGTERM' },
    { exitCode: 143, signal: 15, reason: 'Error' },
  ],
] as const)('When a process ends with %j, then its container has ended with %j', (status, ended) => {
  const startedAt = new Date(0);
  expect(terminatedNow(status, startedAt)).toEqual({ ...ended, startedAt, finishedAt: expect.any(Date) });
});
