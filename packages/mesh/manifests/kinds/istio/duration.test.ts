import { expect, test } from '@jest/globals';
import { duration, durationOrZero } from './duration.ts';

test.each([
  ['1500ms', 1500],
  ['2s', 2000],
  ['1m30s', 90_000],
  ['1.5s', 1500],
  ['.5s', 500],
  ['0.0000003h', undefined],
  ['1000us', 1],
  ['1µs', undefined],
  ['0.1s', 100],
  ['1.1s', 1100],
  ['2', undefined],
  ['', undefined],
  ['-1s', undefined],
  ['1s ', undefined],
])('When "%s" is written, then it is %s milliseconds', (text, expected) => {
  expect(duration.safeParse(text).data).toBe(expected);
});

test('When a duration is 0, then only some fields accept it', () => {
  expect(duration.safeParse('0s').success).toBe(false);
  expect(durationOrZero.parse('0s')).toBe(0);
});
