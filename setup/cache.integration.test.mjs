import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cacheOf, inNewFolder, noteUse } from './cache.mjs';
import { identityOf } from './processes/identity.mjs';
import { folderOf } from './testing/folders.mjs';

test.each([
  [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, '/x/tuesday'],
  [{ HOME: '/h' }, '/h/.cache/tuesday'],
])('When the environment is %j, then the cache is %s', (env, folder) => {
  expect(cacheOf(env)).toBe(folder);
});

test('When the work has ended, well or not, then its folder is gone', async () => {
  const cache = folderOf();
  await inNewFolder(cache, async (folder) => writeFileSync(join(folder, 'half'), 'x'));
  await expect(inNewFolder(cache, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(readdirSync(cache)).toEqual([]);
});

test('When set-ups were killed, then what they left is removed, and the folders of those that run stay', async () => {
  const cache = folderOf();
  const names = {
    killed: `.new-${hostname()}-${spawnSync('true').pid}@1-a`,
    running: `.new-${hostname()}-${identityOf()}-b`,
    elsewhere: '.new-other-1-c',
    old: '.new-other-1-d',
  };
  for (const name of Object.values(names)) mkdirSync(join(cache, name));
  utimesSync(join(cache, names.old), 1, 1);
  await inNewFolder(cache, async () => {});
  expect(readdirSync(cache).sort()).toEqual([names.running, names.elsewhere].sort());
});

test('When a thing of the cache was not used for 30 days, then the next fetch removes it, and one that was used stays', async () => {
  const cache = folderOf();
  const names = ['node-20.1.0-linux-x64', 'envoy-1.30.0', 'chromium-1', 'envoy-1.40.0', 'of-the-user'];
  for (const name of names) {
    mkdirSync(join(cache, name, 'bin'), { recursive: true });
    utimesSync(join(cache, name), 1, 1);
  }
  noteUse(cache, join(cache, 'envoy-1.40.0', 'bin', 'envoy'));
  noteUse(cache, '/usr/bin/node');
  noteUse(cache, undefined);
  await inNewFolder(cache, async () => {});
  expect(readdirSync(cache).sort()).toEqual(['envoy-1.40.0', 'of-the-user']);
});
