import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { vatIncluded } from './vat.ts';

const price = fc.integer({ min: 1, max: 100_000_000 });

test('When any price is split, then net and tax are whole øre and make up the price', () => {
  fc.assert(
    fc.property(price, (minor) => {
      const { ratePercent, net, vat } = vatIncluded({ currency: 'NOK', minor });
      expect([ratePercent, Number.isInteger(net), Number.isInteger(vat), net + vat]).toEqual([25, true, true, minor]);
      expect(net >= 0 && vat >= 0).toBe(true);
    }),
  );
});

test('When any price is split, then the tax is a quarter of the net to the nearest øre', () => {
  fc.assert(
    fc.property(price, (minor) => {
      const { vat } = vatIncluded({ currency: 'NOK', minor });
      // In whole numbers: the exact tax is minor / 5, so five times the rounding error is at most half of five.
      expect(Math.abs(5 * vat - minor)).toBeLessThanOrEqual(2);
    }),
  );
});

test.each([
  [1, 1, 0],
  [2, 2, 0],
  [3, 2, 1],
  [5, 4, 1],
  [129_900, 103_920, 25_980],
  [99_999, 79_999, 20_000],
])('When the price is %d øre, then the net is %d and the tax %d', (minor, net, vat) => {
  expect(vatIncluded({ currency: 'NOK', minor })).toEqual({ ratePercent: 25, net, vat });
});
