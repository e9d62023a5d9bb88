import type { Money } from '@tuesday/service';

/** The price of all lines together. Each `quantity` is a whole number. Throws RangeError beyond what a number holds exactly. */
export function total(lines: { price: Money; quantity: number }[]): Money {
  const minor = lines.reduce((sum, { price, quantity }) => sum + price.minor * quantity, 0);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} øre cannot be counted exactly.`);
  return { currency: 'NOK', minor };
}
