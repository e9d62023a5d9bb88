import { describe, expect, test } from '@jest/globals';
import { duration, price, receiptText, shortId } from './format.ts';

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

describe('receipts', () => {
  const amount = { currency: 'NOK', minor: 59_900 } as const;

  test('When a receipt is from billing v1, then it says what was paid', () => {
    expect(plain(receiptText({ amount }))).toBe('Paid 599 kr');
  });

  test('When a receipt is from billing v2, then it says the VAT too', () => {
    const vat = { ratePercent: 25, net: 47_920, vat: 11_980 };
    expect(plain(receiptText({ amount, vat }))).toBe('Paid 599 kr, of which 119,80 kr VAT (25 %)');
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
