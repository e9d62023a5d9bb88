import type { PaymentMethod } from './types.ts';

/** The payment methods: the name of each token, and its outcome. */
export const PAYMENT_METHODS: Record<PaymentMethod, { name: string; effect: string }> = {
  tok_visa: { name: 'Visa', effect: 'goes through' },
  tok_vipps: { name: 'Vipps', effect: 'goes through' },
  tok_declined: { name: 'Blocked card', effect: 'the bank declines it' },
  tok_insufficient_funds: { name: 'Empty account', effect: 'declined: insufficient funds' },
  tok_slow: { name: 'Slow bank', effect: 'takes 2 s, longer than the shop waits' },
};
