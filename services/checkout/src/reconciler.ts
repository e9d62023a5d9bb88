import { randomUUID } from 'node:crypto';
import { type Database, log, tracing, withContext } from '@tuesday/service';
import { charge } from './billing.ts';
import type { CheckoutParts } from './checkout.ts';
import { ATTEMPT_COLUMNS, type Attempt, type AttemptRow, LEASE_MS, attemptOf, releaseKey } from './idempotency.ts';
import { settle } from './settle.ts';

/** How many abandoned orders one round settles. */
const BATCH = 10;
/** For how many milliseconds after its lease an order is left to its customer, who may ask again, before it counts as abandoned. */
const GRACE_MS = 2_000;
/** Milliseconds that settling one order may take; within the lease. */
const LIMIT_MS = 3_000;

type ReconcilerParts = Pick<CheckoutParts, 'db' | 'billing' | 'onConfirmed'>;

/** Settles orders whose attempt ended without an outcome, one batch; true if there may be more. */
export async function reconcileRound({ db, billing, onConfirmed }: ReconcilerParts): Promise<boolean> {
  const attempts = await takeAbandoned(db);
  await Promise.all(attempts.map((attempt) => finish({ db, billing, onConfirmed }, attempt)));
  return attempts.length === BATCH;
}

/** Takes the leases of abandoned orders, so that no request and no other instance works on them too. */
async function takeAbandoned(db: Database): Promise<Attempt[]> {
  const rows = await db.query<AttemptRow>(
    `with abandoned as materialized (
       select order_id from idempotency where state = 'in_progress' and lease_until <= now() - $3 * interval '1 ms'
        order by lease_until limit ${BATCH} for update skip locked)
     update idempotency set owner = $1, lease_until = now() + $2 * interval '1 ms' from orders, abandoned
      where orders.id = idempotency.order_id and idempotency.order_id = abandoned.order_id
      returning ${ATTEMPT_COLUMNS}`,
    [randomUUID(), LEASE_MS, GRACE_MS],
  );
  return rows.map(attemptOf);
}

/** Calls billing with the order's own key: it returns the earlier charge, or charges now. */
async function finish({ db, billing, onConfirmed }: ReconcilerParts, attempt: Attempt): Promise<void> {
  const work = () =>
    withContext(LIMIT_MS, async () => {
      const decision = await charge(billing, attempt);
      const suggested = { recommendations: [], degraded: true };
      const outcome = await settle(db, attempt, { decision, suggested, hops: [] });
      if (outcome?.status === 201) onConfirmed();
    });
  try {
    await tracing().continue(attempt.traceparent ?? undefined, 'settle abandoned order', work);
  } catch (error) {
    log().warn({ reason: (error as Error).message }, 'abandoned order not settled yet');
    await releaseKey(db, attempt).catch(() => undefined);
  }
}
