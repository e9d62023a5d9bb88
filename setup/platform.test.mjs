import { expect, test } from '@jest/globals';
import { checkPlatform } from './platform.mjs';

const glibc = () => '2.36';

test.each([
  ['Windows', { platform: 'win32', arch: 'x64', glibc }, /^Windows itself is not supported.*WSL2/],
  ['Alpine', { platform: 'linux', arch: 'x64', glibc: () => undefined }, /musl.*Use Debian, Ubuntu or Fedora/],
  ['FreeBSD', { platform: 'freebsd', arch: 'x64', glibc }, /^freebsd-x64 is not supported/],
  ['a 32-bit machine', { platform: 'linux', arch: 'arm', glibc }, /^linux-arm is not supported/],
])('When the machine is %s, then one message says what to use instead', (_case, machine, sentence) => {
  expect(() => checkPlatform(machine)).toThrow(sentence);
});

test('When the machine is supported, then its platform is named', () => {
  expect(checkPlatform({ platform: 'linux', arch: 'arm64', glibc })).toBe('linux-arm64');
  expect(checkPlatform({ platform: 'darwin', arch: 'arm64', glibc: () => undefined })).toBe('darwin-arm64');
});
