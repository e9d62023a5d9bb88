import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.ts';
import { type FolderWatcher, watchFolders } from './watch-folders.ts';

let folder = '';
let folders: FolderWatcher;
let reports: string[][] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuesday-folders-'));
  reports = [];
  folders = watchFolders((paths) => reports.push(paths));
});

afterEach(() => {
  folders.close();
  rmSync(folder, { recursive: true });
});

/** Of this process; 0 where the system has none. */
function inotifyInstances(): number {
  const open = readdirSync('/dev/fd').map((fd) => {
    try {
      return readlinkSync(`/dev/fd/${fd}`);
    } catch {
      return ''; // The one by which the folder was read.
    }
  });
  return open.filter((name) => name.includes('inotify')).length;
}

test('When files in many folders are watched, then each is reported, and it costs one inotify instance', async () => {
  const before = inotifyInstances();
  const files = Array.from({ length: 30 }, (_, n) => join(folder, `${n}`, 'a.yaml'));
  for (const file of files) {
    mkdirSync(join(file, '..'));
    folders.add(file);
  }
  expect(inotifyInstances() - before).toBeLessThanOrEqual(1);
  for (const file of files) writeFileSync(file, 'a');
  await eventually(() => new Set(reports.flat()).size === 30);
});

test('When files are saved together, then they are reported together, and other files of the folder are not', async () => {
  const [one, other, neighbour] = ['one', 'other', 'neighbour'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  folders.add(one);
  folders.add(other);
  for (let n = 0; n < 3; n++) for (const file of [neighbour, one, other]) writeFileSync(file, `${n}`);
  await eventually(() => reports.length > 0);
  expect(reports).toEqual([[one, other]]);
});

test('When the watcher is closed before it is quiet, then nothing is reported', async () => {
  const rest = watchFolders((paths) => reports.push([`rest ${paths[0]}`]));
  const file = join(folder, 'a');
  rest.add(file);
  folders.add(file);
  writeFileSync(file, 'a');
  setImmediate(() => rest.close());
  await eventually(() => reports.length > 0);
  expect(reports).toEqual([[file]]);
});
