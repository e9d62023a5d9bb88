import { randomUUID } from 'node:crypto';
import { type Database, type Round, backOff, log, tracing, withContext } from '@tuesday/service';
import { charge } from '../billing.ts';
import type { CheckoutParts } from '../checkout.ts';
import { ATTEMPT_COLUMNS, type Attempt, type AttemptRow, LEASE_MS, attemptOf } from '../idempotency.ts';
import { PermanentFailure } from '../permanent-failure.ts';
import { settle } from '../settle.ts';

/** How many abandoned orders one round settles. */
const BATCH = 10;
/** For how many milliseconds after its lease an order is left to its customer, who may ask again, before it counts as abandoned. */
const GRACE_MS = 2_000;
/** Milliseconds that settling one order may take; within the lease. */
const LIMIT_MS = 3_000;
/** The longest pause of an order that could not be settled, in seconds: what is pending is settled soon after a fault has gone. */
const LONGEST_PAUSE = 3;

type ReconcilerParts = Pick<CheckoutParts, 'db' | 'billing' | 'onConfirmed'>;

/** Settles orders whose attempt ended without an outcome, one batch. */
export async function reconcileRound(parts: ReconcilerParts): Promise<Round> {
  const attempts = await takeAbandoned(parts.db);
  const results = await Promise.allSettled(attempts.map((attempt) => finish(parts, attempt)));
  const failures = results.filter((result) => result.status === 'rejected');
  const counts = { done: results.length - failures.length, failed: failures.length };
  return { more: attempts.length === BATCH, ...counts, reason: failures.at(-1)?.reason };
}

/** Takes the leases of abandoned orders, so that no request and no other instance works on them too. */
async function takeAbandoned(db: Database): Promise<Attempt[]> {
  const rows = await db.query<AttemptRow>(
    `with abandoned as materialized (
       select order_id from idempotency
        where state = 'in_progress' and parked_at is null and lease_until <= now() - $3 * interval '1 ms' and next_attempt_at <= now()
        order by lease_until limit ${BATCH} for update skip locked)
     update idempotency set owner = $1, lease_until = now() + $2 * interval '1 ms' from orders, abandoned
      where orders.id = idempotency.order_id and idempotency.order_id = abandoned.order_id
      returning ${ATTEMPT_COLUMNS}`,
    [randomUUID(), LEASE_MS, GRACE_MS],
  );
  return rows.map(attemptOf);
}

/** Calls billing with the order's own key: it returns the earlier charge, or charges now. Throws what keeps the order from being settled. */
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
  } catch (reason) {
    const isPermanent = reason instanceof PermanentFailure;
    if (isPermanent) log().error({ order: attempt.order.id, reason }, PARKED);
    // If the database has failed, the lease ends by itself.
    await putOff(db, attempt, isPermanent ? reason.message : null).catch(() => undefined);
    throw reason;
  }
}

const PARKED =
  'an order that can never be settled is parked: mend what the reason names, then set parked_at of its row in idempotency to null';

/** Ends the lease; the order is due again after a pause, or never, for `parked` as the reason. */
async function putOff(db: Database, { order, owner }: Attempt, parked: string | null): Promise<void> {
  await db.query(
    `update idempotency set lease_until = now(), attempts = attempts + 1, next_attempt_at = now() + ${backOff('attempts', LONGEST_PAUSE)},
            parked_at = case when $3::text is not null then now() end, parked_because = $3
      where order_id = $1 and owner = $2 and state = 'in_progress'`,
    [order.id, owner, parked],
  );
}
