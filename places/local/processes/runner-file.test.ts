import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimState, leaveState, readRunner } from './runner-file.ts';

const me = { startedAt: new Date('2026-01-05T10:31:00').toISOString(), url: 'http://localhost:8080' };
const folder = () => join(mkdtempSync(join(tmpdir(), 'tuesday-claim-')), 'state');

test('When a folder has a runner, then another one is told so; when that has left, it may come', () => {
  const state = folder();
  claimState(state, me);
  expect(() => claimState(state, me)).toThrow(
    `The shop already runs (pid ${process.pid}, since 10:31) at http://localhost:8080. Stop it with: npx tuesday down`,
  );
  leaveState(state);
  claimState(state, me);
  expect(readRunner(state)).toMatchObject({ pid: process.pid, url: me.url });
});

test.each([
  ['a pid that is somebody else by now', (text: string) => text.replace(/"born":"[^"]+"/, '"born":"1"')],
  ['a pid that nobody has', (text: string) => text.replace(/"pid":\d+/, '"pid":4999999')],
  ['half a file', (text: string) => text.slice(0, 20)],
])('When a killed runner left %s, then its folder is free', (_what, leave) => {
  const state = folder();
  claimState(state, me);
  const file = join(state, 'runner.json');
  writeFileSync(file, leave(readFileSync(file, 'utf8')));
  expect(readRunner(state)).toBeUndefined();
  claimState(state, me);
  expect(readRunner(state)).toBeDefined();
});

test('When the folder cannot be made, then one sentence says so and the way out', () => {
  expect(() => claimState('/dev/null/state', me)).toThrow(
    /^The folder \/dev\/null\/state cannot be written: .*\. Choose another with --state\.$/,
  );
});
