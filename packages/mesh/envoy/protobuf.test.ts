import { perMillion, seconds } from './protobuf.ts';
import { describe, expect, test } from '@jest/globals';

describe('seconds', () => {
  test.each([
    [0, '0s'],
    [2000, '2s'],
    [90_500, '90.500s'],
    [800, '0.800s'],
    [1, '0.001s'],
    [0.1, '0.000100s'],
    [0.0001, '0.000000100s'],
    [3_600_000, '3600s'],
  ])('When a duration is %d ms, then protobuf reads %s', (milliseconds, text) => {
    expect(seconds(milliseconds)).toBe(text);
  });
});

describe('perMillion', () => {
  test.each([
    [100, 1_000_000],
    [0, 0],
    [0.1, 1000],
    [33.3333, 333_333],
    [0.0001, 1],
  ])('When a percentage is %d, then it is %d of a million', (percentage, numerator) => {
    expect(perMillion(percentage)).toEqual({ numerator, denominator: 'MILLION' });
  });
});
