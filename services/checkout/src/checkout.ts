import { type Callee, type Database, Problem, hops } from '@tuesday/service';
import { charge } from './billing.ts';
import { type Attempt, type Wish, claim, release } from './claim.ts';
import type { Outcome, Purchase } from './contract.ts';
import { suggest } from './recommendations.ts';
import { settle } from './settle.ts';

export interface CheckoutParts {
  db: Database;
  billing: Callee;
  recommendations: Callee;
  purchase: Purchase;
  /** Called when there is an event to deliver. */
  onConfirmed(): void;
}

/**
 * Buys exactly once for a customer and a key, or gives the kept outcome. Throws a Problem where the outcome is not known
 * yet: the order stays pending, and the same key may be tried again at once.
 */
export async function checkOut(parts: CheckoutParts, wish: Wish): Promise<Outcome & { replayed: boolean }> {
  const claimed = await claim(parts.db, wish);
  if ('outcome' in claimed) return { ...claimed.outcome, replayed: true };
  const { attempt } = claimed;
  try {
    return { ...(await carryOut(parts, attempt)), replayed: false };
  } catch (error) {
    // Where the database is what failed, the lease ends by itself.
    await release(parts.db, attempt).catch(() => undefined);
    throw error;
  }
}

async function carryOut(
  { db, billing, recommendations, purchase, onConfirmed }: CheckoutParts,
  attempt: Attempt,
): Promise<Outcome> {
  const { decision, suggested } = await purchase({
    charge: () => charge(billing, attempt),
    suggest: () => suggest(recommendations, attempt.order.items),
  });
  const outcome = await settle(db, attempt, { decision, suggested, hops: hops() });
  if (outcome === undefined)
    throw new Problem('request-in-progress', { detail: 'Another attempt has taken the purchase over.' });
  if (outcome === null)
    throw new Problem('upstream-failed', { detail: 'billing refused the order; nothing was charged.' });
  if (outcome.status === 201) onConfirmed();
  return outcome;
}
