import { setTimeout as wait } from 'node:timers/promises';
import type { PaymentMethod } from '@tuesday/service';

/** How a payment ended. */
export type Outcome =
  { status: 'succeeded'; reason: null } | { status: 'declined'; reason: 'card_declined' | 'insufficient_funds' };

const SUCCEEDED: Outcome = { status: 'succeeded', reason: null };

/** tok_slow takes longer than any caller waits (1.5 s in the mesh, 1.8 s without). */
const OUTCOMES: Record<PaymentMethod, { outcome: Outcome; afterMs: number }> = {
  tok_visa: { outcome: SUCCEEDED, afterMs: 0 },
  tok_vipps: { outcome: SUCCEEDED, afterMs: 0 },
  tok_slow: { outcome: SUCCEEDED, afterMs: 2_000 },
  tok_declined: { outcome: { status: 'declined', reason: 'card_declined' }, afterMs: 0 },
  tok_insufficient_funds: { outcome: { status: 'declined', reason: 'insufficient_funds' }, afterMs: 0 },
};

/** The stand-in for a payment provider: the token alone decides the outcome. */
export async function pay(method: PaymentMethod): Promise<Outcome> {
  const { outcome, afterMs } = OUTCOMES[method];
  if (afterMs > 0) await wait(afterMs);
  return outcome;
}
