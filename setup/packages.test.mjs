import { expect, test } from '@jest/globals';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { adoptPackages, hasPackages, installPackages } from './packages.mjs';
import { fakeRun, folderOf, write } from './testing/folders.mjs';

const entry = (/** @type {object} */ more = {}) => ({ version: '1.0.0', ...more });
const lock = (/** @type {object} */ packages) => JSON.stringify({ packages });

/** @param {string} root @param {boolean} dev @param {Parameters<typeof fakeRun>[0]} [script] */
async function install(root, dev, script = () => ({ output: 'added 12 packages in 1s' })) {
  const { run, lines } = fakeRun(script);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  return { count: await installPackages({ root, dev, env: {}, run }), lines };
}

test('When npm start installs, then the dependencies of the tests are left out, and it is enough for npm start', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  expect(hasPackages({ root, dev: false })).toBe(false);
  const { count, lines } = await install(root, false);
  expect(count).toBe(12);
  expect(lines).toEqual([expect.stringMatching(/^npm ci --omit=dev /)]);
  expect([hasPackages({ root, dev: false }), hasPackages({ root, dev: true })]).toEqual([true, false]);
});

test('When npm test installs after npm start, then its dependencies are added and the others stay', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  await install(root, false);
  await expect(install(root, true, () => ({ code: 1, output: 'npm error code ENOTFOUND' }))).rejects.toThrow(
    /^No network/,
  );
  expect(hasPackages({ root, dev: false })).toBe(true);
  const { lines } = await install(root, true);
  expect(lines).toEqual([expect.stringMatching(/^npm install --no-save --include=dev /)]);
});

test('When npm test has installed, then it is enough for npm start too', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  await install(root, true);
  expect([hasPackages({ root, dev: false }), hasPackages({ root, dev: true })]).toEqual([true, true]);
});

test('When the lock file changes, then everything is installed again', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  await install(root, true);
  write(root, 'package-lock.json', lock({ 'node_modules/a': entry() }));
  expect(hasPackages({ root, dev: false })).toBe(false);
  const { lines } = await install(root, true);
  expect(lines).toEqual([expect.stringMatching(/^npm ci --include=dev /)]);
});

test('When an installation is interrupted or fails, then it does not count', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  await install(root, true);
  write(root, 'package-lock.json', lock({ 'node_modules/a': entry() }));
  await expect(install(root, true, () => ({ code: 1, output: 'npm error code ENOSPC' }))).rejects.toThrow(
    /^The disk is full/,
  );
  write(root, 'package-lock.json', lock({}));
  expect(hasPackages({ root, dev: true })).toBe(false);
});

test('When npm ci was run by hand, then the installation is accepted', () => {
  const packages = {
    '': {},
    'services/x': entry(),
    'node_modules/a': entry(),
    'node_modules/mac': entry({ optional: true }),
    'node_modules/@t/x': { link: true },
  };
  const root = folderOf({
    'package-lock.json': lock(packages),
    'node_modules/.package-lock.json': lock({ 'node_modules/a': entry() }),
    'node_modules/a/x': '',
  });
  expect(adoptPackages({ root, dev: true })).toBe(true);
  expect(hasPackages({ root, dev: true })).toBe(true);
});

test.each([
  ['a package has another version', { 'node_modules/a': { version: '0.9.0' } }, true],
  ['a package is missing', {}, true],
  ["a package's folder is gone", { 'node_modules/a': entry() }, false],
])('When %s, then the installation by hand is not accepted', (_case, installed, folder) => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/a': entry() }),
    'node_modules/.package-lock.json': lock(installed),
    ...(folder ? { 'node_modules/a/x': '' } : {}),
  });
  expect(adoptPackages({ root, dev: false })).toBe(false);
  expect(hasPackages({ root, dev: false })).toBe(false);
});

test('When only a dependency of the tests is missing, then it is enough for npm start and not for npm test', () => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/jest': entry({ dev: true }) }),
    'node_modules/.package-lock.json': lock({}),
  });
  expect(adoptPackages({ root, dev: true })).toBe(false);
  expect(adoptPackages({ root, dev: false })).toBe(true);
});

const compiler = entry({ optional: true, os: [process.platform], cpu: [process.arch] });

test.each([
  ['this platform', compiler, false],
  ['another platform', { ...compiler, os: ['aix'] }, true],
  ['another C library', { ...compiler, libc: ['musl'] }, true],
  ['this platform, and only the tests need it', { ...compiler, dev: true }, true],
])(
  'When an optional package for %s is missing, then the installation by hand is accepted: %s',
  (_case, one, accepted) => {
    const root = folderOf({
      'package-lock.json': lock({ 'node_modules/@x/native': one }),
      'node_modules/.package-lock.json': lock({}),
    });
    expect(adoptPackages({ root, dev: false })).toBe(accepted);
  },
);

test('When npm goes on without a package for this platform, then its name and the reason are printed, and it does not count', async () => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/@x/native': compiler }),
    'node_modules/.package-lock.json': lock({}),
  });
  const output =
    'npm warn tarball tarball data for @x/native@1.0.0 (sha512-x) seems to be corrupted. Trying again.\nadded 0 packages';
  await expect(install(root, false, () => ({ output }))).rejects.toThrow(
    /^Wrong checksum: what the npm registry gave for @x\/native is not/,
  );
  expect([hasPackages({ root, dev: false }), adoptPackages({ root, dev: false })]).toEqual([false, false]);
});

test('When the disk is full and npm only warns, then the half-written installation does not count', async () => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/a': entry() }),
    'node_modules/.package-lock.json': lock({ 'node_modules/a': entry() }),
    'node_modules/a/x': '',
  });
  const output = 'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write\nadded 1 package in 1m';
  await expect(install(root, false, () => ({ output }))).rejects.toThrow(/^The disk is full: .* the packages/);
  expect(existsSync(join(root, 'node_modules/.package-lock.json'))).toBe(false);
  expect([hasPackages({ root, dev: false }), adoptPackages({ root, dev: false })]).toEqual([false, false]);
});
