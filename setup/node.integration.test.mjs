import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run as runCommand } from './processes/command.mjs';
import { BUILDS, cachedNode, fetchNode, isNewEnough } from './node.mjs';
import { fakeRun, folderOf } from './testing/folders.mjs';

const platform = 'linux-x64';

/** A registry with one package, and the checksum that is expected. @param {{ integrity?: string, script?: string }} [options] */
function registry({ integrity, script = '#!/bin/sh\necho v24' } = {}) {
  const folder = folderOf({ 'package/bin/node': script, 'package/LICENSE': 'MIT', 'package/share/man': 'much' });
  chmodSync(join(folder, 'package/bin/node'), 0o755);
  execFileSync('tar', ['-czf', 'node.tgz', 'package'], { cwd: folder });
  const sum = createHash('sha512')
    .update(readFileSync(join(folder, 'node.tgz')))
    .digest('base64');
  const builds = { [platform]: { name: 'node-x', version: '24.0.9', integrity: integrity ?? `sha512-${sum}` } };
  const serve = (/** @type {string} */ to) => copyFileSync(join(folder, 'node.tgz'), join(to, 'node-x-24.0.9.tgz'));
  return { builds, serve };
}

/** @param {ReturnType<typeof registry>} from @param {string} cache @param {(line: string) => any} [script] */
function fetchFrom(from, cache, script = () => {}) {
  const { run } = fakeRun((line, options) => {
    const answer = script(line);
    if (answer) return answer;
    if (line.startsWith('npm pack')) return from.serve(options.cwd);
    const [command = '', ...args] = line.split(' ');
    return runCommand(command, args, options);
  });
  return fetchNode({ cache, platform, env: process.env, run, builds: from.builds });
}

test('When the checksum is right, then only the binary and its licence are moved into the cache', async () => {
  const cache = folderOf();
  const node = await fetchFrom(registry(), cache);
  expect(execFileSync(node, { encoding: 'utf8' })).toBe('v24\n');
  expect(node).toBe(cachedNode({ cache, platform }));
  expect(readdirSync(cache)).toHaveLength(1);
  expect(existsSync(join(node, '../../share'))).toBe(false);
});

test.each([
  [
    'the checksum is wrong',
    registry({ integrity: 'sha512-AAAA' }),
    undefined,
    /^Wrong checksum: what the npm registry gave for Node\.js 24\.0\.9 .* so it is not used\./,
  ],
  [
    'the binary does not start',
    registry({ script: '#!/bin/sh\nexit 1' }),
    undefined,
    /does not start on this system\. Install Node\.js 24/,
  ],
  [
    'there is no network',
    registry(),
    { 'npm pack': 'npm error code ENOTFOUND' },
    /^No network, and Node\.js 24\.0\.9 cannot be found/,
  ],
  [
    'the disk is full while downloading',
    registry(),
    { 'npm pack': 'npm error ENOSPC' },
    /^The disk is full: there is no room for Node\.js/,
  ],
  [
    'the disk is full while unpacking',
    registry(),
    { tar: 'tar: package/bin/node: Wrote only 5632 of 10240 bytes' },
    /^The disk is full/,
  ],
])('When %s, then one message says so and the cache stays empty', async (_case, from, failing, sentence) => {
  const cache = folderOf();
  const script = (/** @type {string} */ line) => {
    const found = Object.entries(failing ?? {}).find(([start]) => line.startsWith(start));
    return found && { code: 1, output: found[1] };
  };
  await expect(fetchFrom(from, cache, script)).rejects.toThrow(sentence);
  expect(readdirSync(cache)).toEqual([]);
});

test('When there is no build for the platform, then the message says what to install', async () => {
  const { run } = fakeRun();
  await expect(fetchNode({ cache: folderOf(), platform: 'darwin-arm64', env: {}, run })).rejects.toThrow(
    /no tested build for darwin-arm64 to download\. Install Node\.js 24/,
  );
});

test('When builds are listed, then each has a sha512', () => {
  for (const { integrity, version } of Object.values(BUILDS)) {
    expect(integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(isNewEnough(version)).toBe(true);
  }
});

test.each([
  ['18.20.8', false],
  ['20.20.2', false],
  ['22.22.2', false],
  ['22.22.3', true],
  ['22.23.0', true],
  ['23.11.0', false],
  ['24.11.0', false],
  ['24.11.1', true],
  ['24.21.0', true],
  ['26.10.0', true],
])('When the machine has Node %s, then it is new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

// npm compares these fields with the machine's Node and prints warnings before each command. isNewEnough checks what the code needs.
test('When npm runs a command with Node 18, then no package of the repository asks for a newer one', () => {
  const files = globSync('{package.json,cli/package.json,places/package.json,{packages,services}/*/package.json}');
  const engines = files.map((file) => JSON.parse(readFileSync(file, 'utf8')).engines?.node);
  expect(files.length).toBeGreaterThan(8);
  expect(new Set(engines)).toEqual(new Set(['>=18', undefined]));
});

test('When npm is missing, then the message says where to get it', async () => {
  const env = { PATH: folderOf() };
  await expect(fetchNode({ cache: folderOf(), platform, env, run: runCommand })).rejects.toThrow(
    /^npm is missing\. Install Node\.js with its npm/,
  );
});
