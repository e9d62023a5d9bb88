import { expect, test } from '@jest/globals';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketFolder } from './socket-folder.ts';

const mode = (folder: string) => statSync(folder).mode & 0o777;

test('When the path is short enough for a pod’s socket, then it is used, with access for its owner only', () => {
  const folder = join(mkdtempSync('/tmp/t-'), 'envoy');
  expect(socketFolder(folder)).toBe(folder);
  expect(mode(folder)).toBe(0o700);
});

test('When the path is too long, then the sockets go to a folder with a shorter path, with access for its owner only', () => {
  const folder = socketFolder(join('/tmp', 'x'.repeat(60)));
  expect(folder.startsWith(join(tmpdir(), 'tuesday-'))).toBe(true);
  expect(mode(folder)).toBe(0o700);
});
