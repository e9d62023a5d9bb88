import { z } from 'zod';

/** An amount in whole minor units (øre); there are no fractions of them and no floats anywhere. */
export const moneySchema = z.strictObject({ currency: z.literal('NOK'), minor: z.int().min(1) });
export type Money = z.infer<typeof moneySchema>;

/** The price of all lines together. Each `quantity` is a whole number. Throws RangeError beyond what a number holds exactly. */
export function total(lines: { price: Money; quantity: number }[]): Money {
  const minor = lines.reduce((sum, { price, quantity }) => sum + price.minor * quantity, 0);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} øre cannot be counted exactly.`);
  return { currency: 'NOK', minor };
}
