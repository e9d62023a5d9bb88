import { expect, test } from '@jest/globals';
import { headers } from './headers.ts';
import { hostName, hostOrAddress, subsetName } from './shared.ts';

const isHost = (text: string) => hostName.safeParse(text).success;

test.each(['a', 'A.b', '*', '*.example.org', '*-a.org', '*a.org', 'a.b.', 'a-1.2b.c', '1', `${'a'.repeat(63)}.org`])(
  'When a host is %s, then it is valid',
  (text) => expect(isHost(text)).toBe(true),
);

test.each([
  '',
  'a_b.org',
  'a..b',
  '.a',
  '-a.org',
  'a-.org',
  'a.*.org',
  '**',
  'a.1',
  '10.0.0.1',
  'a b',
  `${'a'.repeat(64)}.org`,
  `${'a.'.repeat(128)}a`,
])('When a host is %j, then it is not valid', (text) => expect(isHost(text)).toBe(false));

test('When an address may stand for a host, then it is valid too', () => {
  expect(['10.0.0.1', '::1', '10.0.0.256'].map((text) => hostOrAddress.safeParse(text).success)).toEqual([
    true,
    true,
    false,
  ]);
});

test('When a subset is named, then its name is a DNS label in letters of either case', () => {
  expect(['v1', 'V1-b', 'v1.0', 'v_1', ''].map((text) => subsetName.safeParse(text).success)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['%DOWNSTREAM_REMOTE_ADDRESS%', true],
  ['%START_TIME(%s)%', true],
  ['%START_TIME(%Y/%m/%dT%H:%M:%S%z)% and %REQ(X-USER?:PATH):10%', true],
  ['100 %%', true],
  ['100 %', false],
  ['%REQ(A%', false],
  ['a\nb', false],
])('When a header value is %j, then it is valid: %s', (value, valid) => {
  expect(headers.safeParse({ request: { set: { a: value } } }).success).toBe(valid);
});
