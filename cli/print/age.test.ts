import { expect, test } from '@jest/globals';
import { ageOf, humanDuration } from './age.ts';

const HOUR = 3600;
test.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [187, '3m7s'],
  [600, '10m'],
  [3 * HOUR + 60, '3h1m'],
  [9 * HOUR, '9h'],
  [49 * HOUR, '2d1h'],
  [24 * 9 * HOUR, '9d'],
])('When %i seconds have passed, then the age reads %s, as kubectl has it', (seconds, text) => {
  expect(humanDuration(seconds)).toBe(text);
});

test('When an object has no time of creation, then its age is unknown', () => {
  expect(ageOf(undefined, 0)).toBe('<unknown>');
});
