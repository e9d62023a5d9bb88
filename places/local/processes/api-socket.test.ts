import { expect, test } from '@jest/globals';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiSocket, makeSocketFolder } from './api-socket.ts';

const LONG = `/${'a'.repeat(100)}`;

test('When the path of a state folder is short, then its socket is in it', () => {
  expect(apiSocket('/shop/.tuesday')).toBe('/shop/.tuesday/tuesday.sock');
  expect(apiSocket(`/${'a'.repeat(89)}`)).toBe(`/${'a'.repeat(89)}/tuesday.sock`);
});

test('When it is too long for a socket, then the socket is in a folder of the user, another one for each state folder', () => {
  const [one, other] = [apiSocket(LONG), apiSocket(`${LONG}b`)];
  expect(one).toMatch(new RegExp(`^/tmp/tuesday-${process.getuid?.()}-[0-9a-f]{16}/tuesday\\.sock$`));
  expect(other).not.toBe(one);
  expect(apiSocket(`${LONG}/`)).toBe(one);
});

test('When the folder of a socket is missing, then it is made for this user alone', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'tuesday-socket-')), 'new');
  makeSocketFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  makeSocketFolder(folder);
});
