import type { Money, Vat } from '@tuesday/service';

/** Norway's general rate (merverdiavgiftsloven § 5-1), which outdoor equipment carries. */
const RATE_PERCENT = 25;

/** Splits a price that includes MVA; both parts in minor units, halves of an øre rounded up for the tax. */
export function vatIncluded({ minor }: Money): Vat {
  const vat = Math.round((minor * RATE_PERCENT) / (100 + RATE_PERCENT));
  return { ratePercent: RATE_PERCENT, net: minor - vat, vat };
}
