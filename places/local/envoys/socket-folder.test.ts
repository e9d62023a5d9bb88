import { expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeShortFolder } from '../processes/api-socket.ts';
import { socketFolder } from './socket-folder.ts';

const mode = (folder: string) => statSync(folder).mode & 0o777;

test('When the path is short enough for a pod’s socket, then it is used, with access for its owner only', () => {
  const folder = join(mkdtempSync('/tmp/t-'), 'envoy');
  expect(socketFolder(folder)).toBe(folder);
  expect(mode(folder)).toBe(0o700);
});

test('When the path is too long, then the sockets go to a folder with a shorter path, with access for its owner only', () => {
  const long = join('/tmp', 'x'.repeat(60));
  const folder = socketFolder(long);
  expect(folder).toMatch(/^\/tmp\/tuesday-\d+-[0-9a-f]{16}$/);
  expect(mode(folder)).toBe(0o700);
  removeShortFolder(long);
  expect(existsSync(folder)).toBe(false);
});
