import { afterAll, expect, test } from '@jest/globals';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeUnused, sharedFolder } from './files.ts';

const root = mkdtempSync(join(tmpdir(), 'tuesday-shared-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FOUND: [string, (path: string) => void][] = [
  ['a folder that others can write', (path) => (mkdirSync(path), chmodSync(path, 0o777))],
  ['a link', (path) => (mkdirSync(`${path}-elsewhere`), symlinkSync(`${path}-elsewhere`, path))],
];
// Only root can make a folder of another user.
if (process.getuid?.() === 0)
  FOUND.push(["another user's folder", (path) => (mkdirSync(path), chownSync(path, 65_534, 65_534))]);

test.each(FOUND)(
  'When the name of the shared folder has %s, then one sentence names it and nothing is put there',
  async (what, make) => {
    const path = join(root, what.replaceAll(/\W/g, '-'));
    make(path);
    await expect(sharedFolder(path)).rejects.toThrow(
      `Another user could have put programs into ${path}: it is not a folder that only this user can change. Remove it and start again, or start the shop as an ordinary user.`,
    );
    expect(readdirSync(path)).toEqual([]);
  },
);

test('When the shared folder is missing or ours, then it is there, and other users can read it', async () => {
  const path = join(root, 'ours');
  expect(await sharedFolder(path)).toBe(path);
  expect(await sharedFolder(path)).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o755);
});

test('When a copy of an old version was not used for 30 days, then it is removed; the used one and all data stay', async () => {
  const shared = await sharedFolder(join(root, 'copies'));
  const names = ['postgres-old', 'postgres-used', '.new-killed', 'data-1'];
  for (const name of names) {
    mkdirSync(join(shared, name));
    utimesSync(join(shared, name), 1, 1);
  }
  await removeUnused(shared, join(shared, 'postgres-used'));
  expect(readdirSync(shared).sort()).toEqual(['data-1', 'postgres-used']);
});
