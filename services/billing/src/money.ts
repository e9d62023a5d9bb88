import { z } from 'zod';

/** An amount in the smallest unit of its currency: 1,299 kroner are `{ currency: 'NOK', minor: 129900 }`. Never a fraction. */
export const moneySchema = z.strictObject({
  currency: z.literal('NOK'),
  minor: z.number().int().min(1).max(100_000_000),
});
export type Money = z.infer<typeof moneySchema>;

/** Value added tax inside a price. `net` + `vat` is the price, to the øre. */
export interface VatBreakdown {
  ratePercent: number;
  net: number;
  vat: number;
}

/** Norway's general rate (merverdiavgiftsloven § 5-1), which outdoor equipment carries. */
const RATE_PERCENT = 25;

/** Splits a price that includes MVA; both parts in minor units, halves of an øre rounded up for the tax. */
export function vatIncluded({ minor }: Money): VatBreakdown {
  const vat = Math.round((minor * RATE_PERCENT) / (100 + RATE_PERCENT));
  return { ratePercent: RATE_PERCENT, net: minor - vat, vat };
}
