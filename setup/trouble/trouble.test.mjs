import { expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noWheelFor } from './envoy.mjs';
import { explain, explainErrors } from './trouble.mjs';

const packages = { what: 'the packages' };

test('When the reason is not known, then the end of the output is shown, without the path of a log', () => {
  const { message } = explain(
    packages,
    'npm error one\nnpm error two\nnpm error A complete log of this run can be found in: /home/x/_logs/1-debug-0.log\n',
  );
  expect(message).toBe('Could not get the packages. The last output was:\n  one\n  two');
});

test('When the output has a password in an address, then it is not shown', () => {
  const { message } = explain(packages, 'npm error odd answer of https://me:secret@registry.example/x');
  expect(message).toBe('Could not get the packages. The last output was:\n  odd answer of https://registry.example/x');
});

test('When the system itself reports a full disk, then the message is the same', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  await expect(explainErrors({ what: 'Node.js 24' }, () => Promise.reject(full))).rejects.toThrow(
    /^The disk is full: there is no room for Node\.js 24/,
  );
  const bug = new TypeError('x is not a function');
  await expect(explainErrors(packages, () => Promise.reject(bug))).rejects.toBe(bug);
});

test('When one of the folders has no room, then the message names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuesday-full-'));
  const real = fs.statfsSync;
  try {
    fs.statfsSync = /** @type {any} */ ((/** @type {string} */ at) => ({ bsize: 1, bavail: at === folder ? 1 : 1e12 }));
    const { message } = explain(packages, 'ENOSPC', { env: { HOME: '/nowhere' }, folders: [tmpdir(), folder] });
    expect(message).toContain(`no room for the packages in ${folder}. Free about 1 GB`);
  } finally {
    fs.statfsSync = real;
  }
});

test.each([
  [
    { platform: 'darwin', arch: 'x64', release: '24.1.0' },
    /no Envoy package for Macs with Intel.*brew install envoy.*docker compose/,
  ],
  [{ platform: 'darwin', arch: 'arm64', release: '23.6.0' }, /no Envoy package for macOS before 15/],
  [{ platform: 'darwin', arch: 'arm64', release: '24.0.0' }, undefined],
  [{ platform: 'linux', arch: 'arm64', release: '6.1' }, undefined],
])('When the machine is %j, then the message is %s', (on, sentence) => {
  expect(noWheelFor(on)?.message).toEqual(sentence ? expect.stringMatching(sentence) : undefined);
});
