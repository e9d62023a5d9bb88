import { expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { runningShops } from '../../../setup/processes/shops.mjs';
import { apiSocket, makeSocketFolder } from './api-socket.ts';
import { lockState, unlockState, liveRunner } from './state-lock.ts';

const me = { startedAt: new Date('2026-01-05T10:31:00').toISOString(), url: 'http://localhost:8080' };
const readRunner = (state: string) => liveRunner(readFileSync(join(state, 'runner.json'), 'utf8'));
const folder = () => join(mkdtempSync(join(tmpdir(), 'tuesday-claim-')), 'state');

test('When a folder has a runner, then another one is rejected; after the first has ended, it may start', async () => {
  const state = folder();
  await lockState(state, me);
  await expect(lockState(state, me)).rejects.toThrow(
    `The shop already runs (pid ${process.pid}, since 10:31) at http://localhost:8080. Stop it with: npx tuesday down`,
  );
  unlockState(state);
  await lockState(state, me);
  expect(readRunner(state)).toMatchObject({ pid: process.pid, url: me.url });
  unlockState(state);
});

test.each([
  [
    'a pid that another process has by now',
    (text: string) => text.replace(/"identity":"(\d+)@[^"]+"/, '"identity":"$1@1"'),
  ],
  ['a pid that no process has', (text: string) => text.replace(/"identity":"\d+/, '"identity":"4999999')],
  ['half a file', (text: string) => text.slice(0, 20)],
])('When a killed runner left %s, then its folder is free', async (_what, leave) => {
  const state = folder();
  await lockState(state, me);
  const file = join(state, 'runner.json');
  writeFileSync(file, leave(readFileSync(file, 'utf8')));
  expect(readRunner(state)).toBeUndefined();
  await lockState(state, me);
  expect(readRunner(state)).toBeDefined();
  unlockState(state);
});

test('When a folder is locked, then set-ups of this clone know of its shop until it is free again', async () => {
  const state = folder();
  const own = { root: ROOT, env: process.env };
  const states = () => runningShops(own).map((shop) => shop.state);
  await lockState(state, me);
  expect(states()).toContain(state);
  unlockState(state);
  expect(states()).not.toContain(state);
});

test('When the path of a state folder is long, then the folder of its socket in /tmp ends with its runner', async () => {
  const state = join(folder(), 'x'.repeat(100));
  await lockState(state, me);
  const sockets = dirname(apiSocket(state));
  makeSocketFolder(sockets);
  writeFileSync(apiSocket(state), '');
  unlockState(state);
  expect(existsSync(sockets)).toBe(false);
});

test('When the folder cannot be made, then one sentence says so and what to do', async () => {
  await expect(lockState('/dev/null/state', me)).rejects.toThrow(
    /^The folder \/dev\/null\/state cannot be written: .*\. Choose another with --state\.$/,
  );
});
