import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes/command.mjs';
import { fetchNode } from './node.mjs';
import { installPackages } from './packages.mjs';
import { folderOf } from './testing/folders.mjs';
import { closedPort, integrityOf, registryOf, strictProxy } from './testing/servers.mjs';

/** Of another file. */
const integrity = integrityOf(Buffer.from('tested'));
// The machine's npm, with an empty cache and nothing of the machine's settings.
const [closed, proxy, registry] = [
  await closedPort(),
  await strictProxy(),
  await registryOf(Buffer.from('changed'), integrity),
];
const servers = [proxy, registry];
afterAll(() => servers.forEach(({ close }) => close()));

const platform = `${process.platform}-${process.arch}`;
const builds = { [platform]: { name: 'node-x', version: '1.0.0', integrity } };
const entry = { version: '1.0.0', integrity };

/** @param {Record<string, string>} settings @returns {NodeJS.ProcessEnv} */
function machine(settings) {
  const home = folderOf();
  return {
    PATH: process.env['PATH'],
    HOME: home,
    npm_config_cache: join(home, 'npm'),
    npm_config_fetch_retries: '0',
    ...settings,
  };
}

/** Each thing that npm brings, as the set-up asks for it. @type {Record<string, (env: NodeJS.ProcessEnv) => Promise<unknown>>} */
const THINGS = {
  Node: (env) => fetchNode({ cache: folderOf(), platform, env, run, builds }),
  packages: (env) => {
    const dependencies = { a: '1.0.0' };
    const manifest = { name: 'shop', version: '1.0.0', dependencies };
    const packages = { '': manifest, 'node_modules/a': entry };
    const root = folderOf({
      'package.json': JSON.stringify(manifest),
      'package-lock.json': JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, packages }),
    });
    return installPackages({
      root,
      dev: false,
      env,
      run: (command, args, more) => run(command, args, { ...more, guarded: true }),
    });
  },
};

test.each(
  Object.entries(THINGS).flatMap(([thing, get]) => [
    {
      trouble: 'there is no network',
      thing,
      get,
      env: { npm_config_registry: `http://${closed}/` },
      says: /^No network, and /,
    },
    {
      trouble: 'the proxy requires a login',
      thing,
      get,
      env: { HTTPS_PROXY: `http://me:secret@${proxy.host}` },
      says: new RegExp(`^The proxy ${proxy.host} does not accept the user and the password in HTTPS_PROXY \\(407\\)`),
    },
    {
      trouble: 'the checksum is wrong',
      thing,
      get,
      env: { npm_config_registry: `http://${registry.host}/` },
      says: /^Wrong checksum: what the npm registry gave for /,
    },
    {
      trouble: "npm's cache cannot be written",
      thing,
      get,
      env: { npm_config_cache: `${folderOf({ file: '' })}/file/.npm`, npm_config_registry: `http://${registry.host}/` },
      says: /^There is no permission to write .*\/file.*, which .* needs?\. .*set npm_config_cache to a folder/,
    },
  ]),
)('When $trouble, then npm fails and one sentence says so: $thing', async ({ get, env, says }) => {
  /** @type {Error | undefined} */
  const error = await get(machine(env)).then(
    () => undefined,
    (error) => error,
  );
  expect(error?.message).toMatch(says);
  expect(error?.message).not.toMatch(/\n|secret/);
});

test('When a set-up is interrupted after the download of Node, then the next one does not download it again', async () => {
  const folder = folderOf({
    'package/bin/node': '#!/bin/sh\necho v24',
    'package/LICENSE': 'MIT',
    'package/package.json': '{}',
  });
  chmodSync(join(folder, 'package/bin/node'), 0o755);
  execFileSync('tar', ['-czf', 'node.tgz', 'package'], { cwd: folder });
  const tarball = readFileSync(join(folder, 'node.tgz'));
  const good = await registryOf(tarball);
  servers.push(good);
  const build = { name: 'node-x', version: '1.0.0', integrity: integrityOf(tarball) };
  const env = machine({ npm_config_registry: `http://${good.host}/` });
  const options = { cache: folderOf(), platform, env, builds: { [platform]: build } };
  /** @type {import('./processes/command.mjs').Run} */
  const interrupted = (command, args, more) =>
    command === 'tar' ? Promise.reject(new Error('SIGINT')) : run(command, args, more);
  await expect(fetchNode({ ...options, run: interrupted })).rejects.toThrow('SIGINT');
  expect(readdirSync(options.cache)).toEqual([]);
  await fetchNode({ ...options, run });
  expect(good.downloads()).toBe(1);
});

test.each([{ npm_config_omit: 'optional' }, { npm_config_optional: 'false' }])(
  'When the settings of npm are %j, then the packages for this platform are installed all the same',
  async (settings) => {
    const root = folderOf({ 'package/package.json': '{ "name": "a", "version": "1.0.0" }' });
    execFileSync('tar', ['-czf', 'a.tgz', 'package'], { cwd: root });
    const manifest = { name: 'shop', version: '1.0.0', optionalDependencies: { a: 'file:a.tgz' } };
    const a = { version: '1.0.0', resolved: 'file:a.tgz', optional: true, os: [process.platform], cpu: [process.arch] };
    const packages = { '': manifest, 'node_modules/a': a };
    writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
    // With the tests' dependencies: without them `--omit=dev` takes the place of the setting.
    await installPackages({ root, dev: true, env: machine(settings), run });
    expect(readdirSync(join(root, 'node_modules'))).toContain('a');
  },
  60_000,
);
