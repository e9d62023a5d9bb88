import { expect, test } from '@jest/globals';
import { re2Error } from './re2.ts';

test.each(['(.*; *)?release=next(;.*)?', '(?i)tent', '(?i:tent)', '(?P<sku>[a-z]+)', '\\d+\\.\\\\1', 'a{2,3}'])(
  'When the pattern is %s, then it is valid',
  (pattern) => expect(re2Error(pattern)).toBeUndefined(),
);

test.each(['', '(', '*', '(a)\\1', '(?=a)', '(?<!a)', 'a'.repeat(1025)])(
  'When the pattern is %j, then it is rejected',
  (pattern) => expect(re2Error(pattern)).toMatch(/^must /),
);
