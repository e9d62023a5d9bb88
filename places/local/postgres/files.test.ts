import { afterAll, expect, test } from '@jest/globals';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedFolder } from './files.ts';

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
