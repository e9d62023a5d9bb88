import { expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { adoptPackages, hasPackages, installPackages } from './packages.mjs';
import { fakeRun, folderOf, write } from './testing.mjs';

const entry = (/** @type {object} */ more = {}) => ({ version: '1.0.0', ...more });
const lock = (/** @type {object} */ packages) => JSON.stringify({ packages });

/** @param {string} root @param {boolean} dev @param {Parameters<typeof fakeRun>[0]} [script] */
async function install(root, dev, script = () => ({ output: 'added 12 packages in 1s' })) {
  const { run, lines } = fakeRun(script);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  return { count: await installPackages({ root, dev, env: {}, run }), lines };
}

test('When a start installs, then no dependency of the tests comes with it, and a start is content', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  expect(hasPackages({ root, dev: false })).toBe(false);
  const { count, lines } = await install(root, false);
  expect(count).toBe(12);
  expect(lines).toEqual([expect.stringMatching(/^npm ci --omit=dev /)]);
  expect([hasPackages({ root, dev: false }), hasPackages({ root, dev: true })]).toEqual([true, false]);
});

test('When the tests install after a start, then theirs are added and what is there stays', async () => {
  const root = folderOf({ 'package-lock.json': lock({}) });
  await install(root, false);
  await expect(install(root, true, () => ({ code: 1, output: 'npm error code ENOTFOUND' }))).rejects.toThrow(
    /^No network/,
  );
  expect(hasPackages({ root, dev: false })).toBe(true);
  const { lines } = await install(root, true);
  expect(lines).toEqual([expect.stringMatching(/^npm install --no-save --include=dev /)]);
});

test('When the tests have installed, then a start is content as well', async () => {
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

test('When somebody has run npm ci by hand, then it is recognised', () => {
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
  ['another version is there', { 'node_modules/a': { version: '0.9.0' } }, true],
  ['one is missing', {}, true],
  ['its folder is gone', { 'node_modules/a': entry() }, false],
])('When %s, then an installation by hand is not enough', (_case, installed, folder) => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/a': entry() }),
    'node_modules/.package-lock.json': lock(installed),
    ...(folder ? { 'node_modules/a/x': '' } : {}),
  });
  expect(adoptPackages({ root, dev: false })).toBe(false);
  expect(hasPackages({ root, dev: false })).toBe(false);
});

test('When only a dependency of the tests is missing, then it is enough for a start and not for the tests', () => {
  const root = folderOf({
    'package-lock.json': lock({ 'node_modules/jest': entry({ dev: true }) }),
    'node_modules/.package-lock.json': lock({}),
  });
  expect(adoptPackages({ root, dev: true })).toBe(false);
  expect(adoptPackages({ root, dev: false })).toBe(true);
});
