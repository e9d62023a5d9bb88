import { z } from 'zod';

/** Tokens in place of cards: the name says what a token does, and no card number exists anywhere. */
export const paymentMethodSchema = z.enum([
  'tok_visa',
  'tok_vipps',
  'tok_declined',
  'tok_insufficient_funds',
  'tok_slow',
]);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;
