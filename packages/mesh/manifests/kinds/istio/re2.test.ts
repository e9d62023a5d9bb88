import { expect, test } from '@jest/globals';
import { re2Error } from './re2.ts';

test.each([
  '(.*; *)?release=next(;.*)?',
  '(?i)tent',
  '(?i:tent)',
  '(?P<sku>[a-z]+)',
  '\\p{L}{1000}',
  '\\Qa.b\\E',
  'a\\z',
  '\\d+\\.\\\\1',
  'a{2,3}',
])('When the pattern is %s, then it is valid', (pattern) => expect(re2Error(pattern)).toBeUndefined());

test.each([
  '',
  '(',
  '*',
  '(a)\\1',
  '(?=a)',
  '(?<!a)',
  '(?>a)',
  'a{1001}',
  'a\\Z',
  '\\C',
  '\\R',
  '\\u0041',
  '[a&&b]{2}(',
  'a'.repeat(1025),
])('When the pattern is %j, then it is rejected', (pattern) => expect(re2Error(pattern)).toMatch(/^must /));
