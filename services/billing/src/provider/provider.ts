import type { Money, PaymentMethod } from '@tuesday/service';

/** A payment as billing asks for it. */
export interface Payment {
  /** The charge's id: the provider's idempotency key. */
  id: string;
  amount: Money;
  method: PaymentMethod;
}

/** How a payment ended. It is final: the same id gets it again. */
export type Outcome =
  { status: 'succeeded'; reason: null } | { status: 'declined'; reason: 'card_declined' | 'insufficient_funds' };

/** A payment provider, like a client of its HTTP API: a real one takes the place of the stand-in with one file. */
export interface PaymentProvider {
  /**
   * Pays once for an id, however often and by whomever it is asked. Throws Problem upstream-refused when the provider is
   * away, upstream-timeout when no answer came, although it may have paid, and upstream-failed when the id was used for
   * another amount. After the first two, the same id may be asked again at any time.
   */
  pay(payment: Payment): Promise<Outcome>;
  /** Rejects while it cannot be asked at all. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
