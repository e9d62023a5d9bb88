import { afterAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 80_000;
const service = fileURLToPath(new URL('..', import.meta.url));
const vite = join(service, '../../node_modules/vite/bin/vite.js');
const out = await mkdtemp(join(tmpdir(), 'storefront-build-'));
afterAll(() => rm(out, { recursive: true }));

await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', out], {
  cwd: service,
  env: { ...process.env, NODE_OPTIONS: '' },
});
const assets = await readdir(join(out, 'assets'));
const read = (names: string[]) => Promise.all(names.map((name) => readFile(join(out, 'assets', name))));

test('When the page is built, then its script is at most 80 kB gzipped', async () => {
  const scripts = await read(assets.filter((name) => name.endsWith('.js')));
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES);
});

test('When the page is built, then every file is named by its content', () => {
  expect(assets.filter((name) => !/-[\w-]{8}\.(js|css)$/.test(name))).toEqual([]);
});

test('When the page is built, then it names no other origin and holds no script of its own', async () => {
  const html = await readFile(join(out, 'index.html'), 'utf8');
  const styles = (await read(assets.filter((name) => name.endsWith('.css')))).join('');
  expect(`${html}${styles}`.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import/);
  expect(html.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/ src="\/assets\//)]);
  expect(html).not.toMatch(/<style| style=| on\w+=/);
});
