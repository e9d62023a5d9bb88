import { expect, test } from '@jest/globals';
import { drawsToTell, missingDraws } from './power.ts';

test('When 10 % must be distinguished from 20 %, then some hundreds of draws are enough, and for 1 % ten times as many', () => {
  const n = drawsToTell(0.1, 0.2);
  expect(n).toBe(800);
  expect(drawsToTell(0.01, 0.02)).toBeGreaterThan(8 * n);
});

test.each([
  [
    { n: 100, p: 0.1 },
    { other: 0.2, more: 700 },
  ],
  [
    { n: 100, p: 0.8 },
    { other: 0.9, more: 800 },
  ],
  [{ n: 1000, p: 0.1 }, undefined],
  [{ n: 1, p: 0 }, undefined],
  [{ n: 1, p: 1 }, undefined],
])('When there are %j, then what is missing is %j', (draws, missing) => {
  expect(missingDraws(draws)).toEqual(missing);
});
