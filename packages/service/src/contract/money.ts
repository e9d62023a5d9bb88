import { z } from 'zod';

/** An amount in the smallest unit of its currency: 1,299 kroner are `{ currency: 'NOK', minor: 129900 }`. Never a fraction. */
export const moneySchema = z.strictObject({ currency: z.literal('NOK'), minor: z.int().min(1).max(100_000_000) });
export type Money = z.infer<typeof moneySchema>;

/** Value added tax inside a price, in minor units: `net` + `vat` is the price. */
const vatSchema = z.strictObject({ ratePercent: z.number(), net: z.int(), vat: z.int() });
export type Vat = z.infer<typeof vatSchema>;

/** The receipt of a charge; `vat` is the tax in `amount`, where the receipt shows it. */
export const receiptSchema = z.strictObject({ amount: moneySchema, vat: vatSchema.optional() });
export type Receipt = z.infer<typeof receiptSchema>;
