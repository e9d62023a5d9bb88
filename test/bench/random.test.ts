import { expect, test } from '@jest/globals';
import { randomFrom, shuffled } from './random.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);

test('When the seed is the same, then the order is the same; with another seed it differs', () => {
  const order = (seed: number) => shuffled(hundred, randomFrom(seed));
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
});

test('When things are shuffled, then none is lost', () => {
  expect(shuffled(hundred, randomFrom(7)).toSorted((a, b) => a - b)).toEqual(hundred);
});

test('When many numbers are drawn, then they are evenly distributed from 0 to below 1', () => {
  const random = randomFrom(3);
  const drawn = Array.from({ length: 10_000 }, random);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(0.5, 1);
});
