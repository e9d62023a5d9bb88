import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moneySchema } from '@tuesday/service';
import { priceOf, products } from './products.ts';
import { total } from './total.ts';

const line = fc.record({
  minor: fc.integer({ min: 1, max: 1_000_000_000 }),
  quantity: fc.integer({ min: 1, max: 20 }),
});

test('When lines of any price are added up, then every øre is there, in whatever order they stand', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const priced = lines.map(({ minor, quantity }) => ({ price: { currency: 'NOK' as const, minor }, quantity }));
      const exact = lines.reduce((sum, { minor, quantity }) => sum + BigInt(minor) * BigInt(quantity), 0n);
      expect(BigInt(total(priced).minor)).toBe(exact);
      expect(total(priced.toReversed())).toEqual(total(priced));
    }),
  );
});

test('When a sum is more than a number can hold exactly, then it is refused, not rounded', () => {
  const price = { currency: 'NOK' as const, minor: Number.MAX_SAFE_INTEGER };
  expect(() => total([{ price, quantity: 2 }])).toThrow(RangeError);
});

test('When a customer buys all that one order may hold, then billing can charge it', () => {
  const amount = priceOf(products.map(({ sku }) => ({ sku, quantity: 20 })));
  expect(moneySchema.safeParse(amount).success).toBe(true);
});

test('When the catalogue is read, then it has its twelve products, each priced in whole øre and drawn', () => {
  expect(products.map(({ sku }) => sku)).toEqual([
    'tent-2p',
    'tent-4p',
    'sleeping-bag',
    'sleeping-mat',
    'headlamp',
    'stove',
    'cookset',
    'rain-jacket',
    'wool-base',
    'hiking-boots',
    'backpack-50l',
    'thermos',
  ]);
  for (const { price, image } of products) {
    expect([price.currency, Number.isInteger(price.minor)]).toEqual(['NOK', true]);
    expect(image).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>$/);
    expect(image).not.toMatch(/<script|href|on\w+=/);
  }
});
