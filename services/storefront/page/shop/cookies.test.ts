import { expect, test } from '@jest/globals';
import { cookie, readCookie, uuid } from './cookies.ts';

test('When a cookie is read, then only the whole name counts', () => {
  expect(readCookie('prerelease=old; release=next; a=b', 'release')).toBe('next');
  expect(readCookie('prerelease=old', 'release')).toBeUndefined();
});

test('When a cookie is removed, then its age is 0', () => {
  expect(cookie('release', '', 0)).toBe('release=; Path=/; Max-Age=0; SameSite=Lax');
});

test('When a key is made, then it is a UUID of version 4 and never the same', () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(uuid()).toMatch(form);
  expect(uuid((bytes) => bytes.fill(255))).toMatch(form);
  expect(uuid()).not.toBe(uuid());
});
