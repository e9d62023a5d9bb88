import { expect, test } from '@jest/globals';
import { ratios, readable, summarize, verdict } from './measure.ts';

test('When values are summarized, then their order does not matter', () => {
  expect(summarize([4, 1, 3, 2])).toEqual({ n: 4, min: 1, median: 2.5, p90: 4, p95: 4, max: 4 });
  expect(summarize([5, 1, 9]).median).toBe(5);
});

test('When nothing was measured, then there is no summary', () => {
  expect(() => summarize([])).toThrow('Nothing was measured.');
});

test('When two measures are compared, then round by round', () => {
  expect(ratios('a / b', [10, 40], [5, 10]).values).toEqual([2, 4]);
});

test('When a budget is met or missed, then the verdict says so for the figure of the budget', () => {
  const start = { what: 'start', unit: 's', values: [4, 4.9, 30] } as const;
  expect(verdict(start)).toBeUndefined();
  expect(verdict({ ...start, budget: { at: 'median', limit: 5 } })).toBe('median ≤ 5 s: met');
  expect(verdict({ ...start, budget: { at: 'p95', limit: 5 } })).toBe('p95 ≤ 5 s: missed, 6.0 times that');
  expect(verdict({ ...start, budget: { at: 'median', limit: 4.8 } })).toBe('median ≤ 4.8 s: missed, 1.02 times that');
});

test.each([
  [1284.4, '1,284'],
  [38.24, '38.2'],
  [0.583, '0.58'],
  [-0.4, '-0.40'],
])('When %d is printed, then it reads %s', (value, text) => {
  expect(readable(value)).toBe(text);
});
