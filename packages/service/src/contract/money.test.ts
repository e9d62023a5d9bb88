import { expect, test } from '@jest/globals';
import { moneySchema } from './money.ts';

test.each([[0], [-1], [0.5], [100_000_001], [Number.NaN], ['100']])(
  'When an amount is %p, then it is refused',
  (minor) => {
    expect(moneySchema.safeParse({ currency: 'NOK', minor }).success).toBe(false);
  },
);
