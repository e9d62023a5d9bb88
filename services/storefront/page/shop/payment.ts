/** The ways to pay, each a token and what it does; none is a card number. */
export const PAYMENT_METHODS = [
  { token: 'tok_visa', name: 'Visa', effect: 'goes through' },
  { token: 'tok_vipps', name: 'Vipps', effect: 'goes through' },
  { token: 'tok_declined', name: 'Blocked card', effect: 'the bank declines it' },
  { token: 'tok_insufficient_funds', name: 'Empty account', effect: 'declined: insufficient funds' },
  { token: 'tok_slow', name: 'Slow bank', effect: 'takes 2 s, longer than the shop waits' },
] as const;
