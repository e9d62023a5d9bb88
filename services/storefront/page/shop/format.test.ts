import { describe, expect, test } from '@jest/globals';
import { duration, price, shortId } from './format.ts';

/** Intl separates with no-break spaces of two kinds. */
const plain = (text: string) => text.replace(/\s/g, ' ');

describe('prices', () => {
  test('When a price is whole, then it has no øre', () => {
    expect(plain(price({ currency: 'NOK', minor: 129900 }))).toBe('1 299 kr');
  });

  test('When a price has øre, then both digits are there', () => {
    expect(plain(price({ currency: 'NOK', minor: 14950 }))).toBe('149,50 kr');
  });
});

describe('durations and ids', () => {
  test.each([
    [3.14159, '3.1 ms'],
    [42.4, '42 ms'],
    [2030, '2.03 s'],
  ])('When %d ms are shown, then as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  test('When an id is shortened, then its beginning remains', () => {
    expect(shortId('12345678-aaaa')).toBe('12345678');
  });
});
