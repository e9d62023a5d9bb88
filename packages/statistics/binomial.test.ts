import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agrees, binomial, centralRange, within } from './binomial.ts';

test.each([
  [100, 0, 27],
  [1000, 57, 149],
  [5000, 399, 607],
  [10_000, 856, 1150],
  [20_000, 1796, 2211],
  [100_000, 9539, 10_467],
])('When %i draws hit with 10 %%, then all but one in a million runs hit %i to %i times', (n, low, high) => {
  expect(centralRange({ n, p: 0.1 })).toEqual({ low, high });
});

test.each([
  [0.05, 82, 119],
  [0.001, 70, 132],
])('When the false alarm may be %d, then the range of 1,000 draws is %i to %i', (alarm, low, high) => {
  expect(centralRange({ n: 1000, p: 0.1, alarm })).toEqual({ low, high });
});

test('When a share is none or all, then the range is that one number', () => {
  expect([centralRange({ n: 50, p: 0 }), centralRange({ n: 50, p: 1 })]).toEqual([
    { low: 0, high: 0 },
    { low: 50, high: 50 },
  ]);
});

const draws = fc.record({ n: fc.integer({ min: 1, max: 400 }), p: fc.double({ min: 0.001, max: 0.999, noNaN: true }) });

test('When any n and p are given, then the probabilities add up to one', () => {
  fc.assert(fc.property(draws, (one) => Math.abs(binomial(one).reduce((sum, each) => sum + each, 0) - 1) < 1e-9));
});

test('When any range is taken, then it holds all but the alarm, and would not if it were one narrower', () => {
  const property = fc.property(draws, fc.constantFrom(0.05, 0.001, 1e-6), ({ n, p }, alarm) => {
    const { low, high } = centralRange({ n, p, alarm });
    const below = (k: number) => (k <= 0 ? 0 : within({ low: 0, high: k - 1 }, { n, p }));
    const above = (k: number) => (k >= n ? 0 : within({ low: k + 1, high: n }, { n, p }));
    const slack = 1e-12;
    expect(below(low)).toBeLessThanOrEqual(alarm / 2 + slack);
    expect(above(high)).toBeLessThanOrEqual(alarm / 2 + slack);
    expect(below(low + 1)).toBeGreaterThan(alarm / 2 - slack);
    expect(above(high - 1)).toBeGreaterThan(alarm / 2 - slack);
  });
  fc.assert(property);
});

test('When hits and misses change places, then the range is mirrored', () => {
  const property = fc.property(draws, ({ n, p }) => {
    const { low, high } = centralRange({ n, p });
    const mirrored = centralRange({ n, p: 1 - p });
    expect(Math.abs(mirrored.low - (n - high)) + Math.abs(mirrored.high - (n - low))).toBeLessThanOrEqual(0);
  });
  fc.assert(property);
});

test('When 1,000 draws of a true 20 % are held against 10 %, then they pass twice in 100,000', () => {
  expect(within(centralRange({ n: 1000, p: 0.1 }), { n: 1000, p: 0.2 })).toBeCloseTo(2e-5, 5);
});

test.each([
  [56, false],
  [57, true],
  [149, true],
  [150, false],
])('When %i of 1,000 hit, then that agrees with 10 %%: %s', (hits, expected) => {
  expect(agrees(hits, { n: 1000, p: 0.1 })).toBe(expected);
});
