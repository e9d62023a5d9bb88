import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReady } from '../ready.mjs';
import { clone, machine, page, ready } from '../testing/clone.mjs';
import { folderOf, quiet, write } from '../testing/folders.mjs';
import { noteShop, runningShops } from './shops.mjs';

test('When a shop runs from the clone, then no set-up changes its packages: one sentence says so, and a command that asks the shop runs as it is', async () => {
  const [root, cache] = [clone(), folderOf()];
  const env = { PATH: '/bin', XDG_CACHE_HOME: cache };
  const end = await noteShop({ root, env }, { state: '/my/state' });
  const { run, lines } = machine(root);
  await expect(ready(root, { run, cache })).rejects.toThrow(
    `The shop of /my/state runs (pid ${process.pid}) with the installed packages, and package-lock.json asks for others. End it with "npx tuesday down --state /my/state", then run the same command again.`,
  );
  const options = { dev: false, root, run, env, version: '24.21.0', builds: [page], progress: quiet };
  expect(await ensureReady({ ...options, asIs: true })).toMatchObject({ workedMs: 0 });
  expect(lines).toEqual([]);
  end();
  await ensureReady({ ...options, asIs: true });
  expect(lines[0]).toMatch(/^npm ci/);
});

test('When a shop starts while a set-up runs, then it waits for its end', async () => {
  const [root, cache] = [clone(), folderOf()];
  const env = { PATH: '/bin', XDG_CACHE_HOME: cache };
  const [begun, waits] = [Promise.withResolvers(), Promise.withResolvers()];
  /** @type {string[]} */
  const events = [];
  const { run } = machine(root);
  /** @type {import('./command.mjs').Run} */
  const slow = async (command, args, options) => {
    begun.resolve(undefined);
    await waits.promise;
    events.push(command);
    return run(command, args, options);
  };
  const first = ready(root, { run: slow, cache });
  await begun.promise;
  const end = await noteShop({ root, env }, { state: '/my/state', onWait: waits.resolve });
  events.push('noted');
  waits.resolve(undefined);
  await first;
  expect(events).toEqual(['npm', 'build', 'noted']);
  end();
});

test('When a shop was killed, then its note counts no more', async () => {
  const [root, cache] = [clone(), folderOf()];
  const mine = { root, env: { XDG_CACHE_HOME: cache } };
  await noteShop(mine, { state: '/my/state' });
  const notes = () => readdirSync(join(cache, 'tuesday')).filter((name) => name.startsWith('shop-'));
  write(cache, `tuesday/${notes()[0]}`, `${process.pid}@1\n/my/state`);
  await noteShop({ ...mine, root: clone() }, { state: '/other' });
  expect(notes()).toHaveLength(1);
  expect(runningShops(mine)).toEqual([]);
});
