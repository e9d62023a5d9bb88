import { z } from 'zod';

/** Test tokens instead of card numbers: the name of a token says its outcome. */
export const paymentMethodSchema = z.enum([
  'tok_visa',
  'tok_vipps',
  'tok_declined',
  'tok_insufficient_funds',
  'tok_slow',
  'tok_lost',
  'tok_away',
]);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;
