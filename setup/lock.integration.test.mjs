import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { identityOf } from './processes/identity.mjs';
import { folderOf } from './testing/folders.mjs';

test('When two set-ups start at once, then one waits for the other and reports its process id', async () => {
  const file = join(folderOf(), 'x.lock');
  /** @type {string[]} */
  const events = [];
  /** @type {number[]} */
  const waits = [];
  /** @type {() => void} */
  let finish = () => {};
  const first = withLock(file, async () => {
    events.push('first begins');
    await new Promise((resolve) => (finish = () => resolve(undefined)));
    events.push('first ends');
  });
  while (events.length === 0) await new Promise(setImmediate);
  const second = withLock(file, async () => events.push('second'), { onWait: (pid) => (waits.push(pid), finish()) });
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'first ends', 'second']);
  expect(waits).toEqual([process.pid]);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['a dead process', () => `${spawnSync('true').pid}@1`],
  ['a process whose id another one has by now', () => `${process.pid}@1`],
  ['nothing readable', () => ''],
])('When the lock is held by %s, then it is removed and the work runs', async (_holder, text) => {
  const file = join(folderOf(), 'x.lock');
  writeFileSync(file, text());
  await expect(withLock(file, async () => 'done', { timeoutMs: 1000 })).resolves.toBe('done');
  expect(existsSync(file)).toBe(false);
});

test('When a set-up was killed but the npm that it started still runs, then the lock is still held', async () => {
  const file = join(folderOf(), 'x.lock');
  writeFileSync(file, `${spawnSync('true').pid}@1 ${identityOf()}`);
  await expect(withLock(file, async () => {}, { timeoutMs: 0 })).rejects.toThrow(`process ${process.pid}`);
});

test('When the work starts a process, then the lock lists its id', async () => {
  const file = join(folderOf(), 'x.lock');
  await withLock(file, async (addPid) => {
    addPid(process.ppid);
    expect(readFileSync(file, 'utf8')).toBe(`${identityOf()} ${identityOf(process.ppid)}`);
  });
});

test('When the other set-up does not end, then the message names its process and the lock file', async () => {
  const file = join(folderOf(), 'x.lock');
  writeFileSync(file, `${identityOf()}`);
  await expect(withLock(file, async () => {}, { timeoutMs: 0 })).rejects.toThrow(
    new RegExp(`^Another set-up \\(process ${process.pid}\\).*remove ${file}`),
  );
  expect(existsSync(file)).toBe(true);
});

test('When the work fails, then the lock is released', async () => {
  const file = join(folderOf(), 'x.lock');
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});
