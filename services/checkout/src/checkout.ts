import { type Callee, type Database, Problem, hops, withContext } from '@tuesday/service';
import { charge } from './billing.ts';
import { type Attempt, type PurchaseRequest, claimKey, releaseKey } from './idempotency.ts';
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

/** Milliseconds for what is written after billing has answered, or has not: the customer's budget does not count any more, but the lease does. */
const FINISH_MS = 3_000;
const finishing = <T>(work: () => Promise<T>): Promise<T> => withContext(FINISH_MS, work);

/**
 * Buys exactly once for a customer and a key, or returns the stored outcome. Throws a Problem when the outcome is not known
 * yet: the order stays pending, and the same key may be used again at once.
 */
export async function checkOut(
  parts: CheckoutParts,
  request: PurchaseRequest,
): Promise<Outcome & { replayed: boolean }> {
  const claimed = await claimKey(parts.db, request);
  if ('outcome' in claimed) return { ...claimed.outcome, replayed: true };
  const { attempt } = claimed;
  try {
    return { ...(await execute(parts, attempt)), replayed: false };
  } catch (error) {
    // If the database has failed, the lease ends by itself.
    await finishing(() => releaseKey(parts.db, attempt)).catch(() => undefined);
    throw error;
  }
}

async function execute(
  { db, billing, recommendations, purchase, onConfirmed }: CheckoutParts,
  attempt: Attempt,
): Promise<Outcome> {
  const { decision, suggested } = await purchase({
    charge: () => charge(billing, attempt),
    suggest: () => suggest(recommendations, attempt.order.items),
  });
  const result = { decision, suggested, hops: hops() };
  const outcome = await finishing(() => settle(db, attempt, result));
  if (outcome === undefined)
    throw new Problem('request-in-progress', { detail: 'Another attempt has taken the purchase over.' });
  if (outcome === null)
    throw new Problem('upstream-failed', { detail: 'billing refused the order; nothing was charged.' });
  if (outcome.status === 201) onConfirmed();
  return outcome;
}
