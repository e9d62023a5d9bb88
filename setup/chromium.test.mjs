import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumFolder, hasChromium, installedChromium, unpackChromium } from './chromium.mjs';
import { fakeRun, folderOf, write } from './testing/folders.mjs';

const clone = () => folderOf({ 'node_modules/@sparticuz/chromium/package.json': '{ "version": "153.0.0" }' });

/** A clone and a cache, and an unpacking that writes its files, or fails with this. @param {string} [failure] */
function machine(failure) {
  const env = { XDG_CACHE_HOME: folderOf(), PATH: '/nowhere' };
  const { run, lines } = fakeRun((_line, options) => {
    write(`${options.env['TMPDIR']}`, 'chromium', 'elf');
    write(`${options.env['TMPDIR']}`, 'fonts/fonts.conf', 'packed');
    if (failure) return { code: 1, output: failure };
  });
  return { root: clone(), env, run, lines };
}

test('When the machine has no Chrome, then that of the npm package is unpacked into the cache, with the fonts of both', async () => {
  const { lines, ...options } = machine();
  expect(hasChromium(options)).toBe(process.platform !== 'linux');
  const folder = await unpackChromium(options);
  expect(folder).toBe(join(options.env.XDG_CACHE_HOME, 'tuesday/chromium-153.0.0'));
  expect(hasChromium(options)).toBe(true);
  expect(readFileSync(join(folder, 'fonts/fonts.conf'), 'utf8')).toContain(
    `<dir>${folder}/fonts</dir><dir>/usr/share/fonts`,
  );
  expect(readdirSync(join(folder, '..'))).toEqual(['chromium-153.0.0']);
  expect(lines).toEqual(['node test/browser/unpack.ts']);
});

test('When the unpacking fails, then one sentence says why, and nothing is left', async () => {
  const options = machine('Error: ENOSPC: no space left on device, write');
  await expect(unpackChromium(options)).rejects.toThrow(/^The disk is full: there is no room for Chromium/);
  expect(existsSync(chromiumFolder(options))).toBe(false);
  expect(readdirSync(join(options.env.XDG_CACHE_HOME, 'tuesday'))).toEqual([]);
});

test('When another clone was faster, then its Chromium is used', async () => {
  const { run, ...options } = machine();
  const slow = fakeRun(async (_line, { env }) => {
    write(`${env['TMPDIR']}`, 'fonts/fonts.conf', 'packed');
    await unpackChromium({ ...options, run });
  });
  expect(await unpackChromium({ ...options, run: slow.run })).toBe(chromiumFolder(options));
});

test('When the machine has a Chrome, then it is used: CHROME_PATH before PATH', () => {
  const folder = folderOf({ chromium: '' });
  expect(installedChromium({ PATH: `/nowhere:${folder}` })).toBe(join(folder, 'chromium'));
  expect(installedChromium({ PATH: folder, CHROME_PATH: '/my/chrome' })).toBe('/my/chrome');
});
