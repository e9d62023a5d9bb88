import { expect, test } from '@jest/globals';
import { re2Fault } from './re2.ts';

test.each(['(.*; *)?release=next(;.*)?', '(?i)tent', '(?i:tent)', '(?P<sku>[a-z]+)', '\\d+\\.\\\\1', 'a{2,3}'])(
  'When the pattern is %s, then nothing is wrong',
  (pattern) => expect(re2Fault(pattern)).toBeUndefined(),
);

test.each(['', '(', '*', '(a)\\1', '(?=a)', '(?<!a)', 'a'.repeat(1025)])(
  'When the pattern is %j, then it is told',
  (pattern) => expect(re2Fault(pattern)).toMatch(/^must /),
);
