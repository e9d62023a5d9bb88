import { afterAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { run } from './command.mjs';
import { fetchNode } from './node.mjs';
import { installPackages } from './packages.mjs';
import { folderOf } from './testing/folders.mjs';
import { closedPort, falseRegistry, strictProxy } from './testing/servers.mjs';

// The machine's npm, with an empty cache and nothing of the machine's settings.
const [closed, proxy, registry] = [await closedPort(), await strictProxy(), await falseRegistry()];
afterAll(() => [proxy, registry].forEach(({ close }) => close()));

const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`;
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
      env: { HTTPS_PROXY: `http://${proxy.host}` },
      says: new RegExp(`^The proxy ${proxy.host} of HTTPS_PROXY asks for a user and a password \\(407\\)`),
    },
    {
      trouble: 'the proxy refuses the login',
      thing,
      get,
      env: { HTTPS_PROXY: `http://me:secret@${proxy.host}` },
      says: new RegExp(`^The proxy ${proxy.host} does not accept the user and the password in HTTPS_PROXY`),
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
