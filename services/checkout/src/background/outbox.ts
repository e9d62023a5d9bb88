import {
  type Callee,
  type Database,
  type Queryable,
  type Round,
  backOff,
  log,
  tracing,
  withContext,
} from '@tuesday/service';
import { PermanentFailure } from '../permanent-failure.ts';
import { reportPurchase } from '../recommendations.ts';

/** How many events one round delivers, all at once; it also limits how long their rows are locked. */
const BATCH = 20;
/** Milliseconds that the delivery of one event may take; tests of other things give more. */
const LIMIT_MS = 1_000;
/** The longest pause of an event that could not be delivered, in seconds: events arrive soon after a fault has gone. */
const LONGEST_PAUSE = 5;

interface Event {
  id: string;
  orderId: string;
  skus: string[];
  traceparent: string | null;
}

/** An event after its delivery; `reason`: what was thrown where it failed. */
type Delivered = { id: string; reason?: unknown };

/**
 * The transactional outbox: delivers one batch of the events that are due. Rows are locked during the delivery, and other
 * instances skip them. After a failed delivery an event waits 0.2 s, doubling up to 5 s, less a random part; one that
 * recommendations refuses as wrong is parked. An event arrives twice only if this process ends between delivery and mark;
 * recommendations counts each order id once.
 */
export function deliverOutbox(db: Database, recommendations: Callee, limitMs = LIMIT_MS): Promise<Round> {
  return db.transaction(async (tx) => {
    const events = await tx.query<Event>(
      `select id, order_id as "orderId", skus, traceparent from outbox
        where delivered_at is null and parked_at is null and next_attempt_at <= now() order by id limit ${BATCH} for update skip locked`,
    );
    if (events.length === 0) return { more: false, done: 0, failed: 0 };
    const results = await Promise.all(events.map((event) => deliver(recommendations, event, limitMs)));
    const failed = results.filter(({ reason }) => reason !== undefined);
    await mark(tx, results);
    const counts = { done: results.length - failed.length, failed: failed.length };
    return { more: events.length === BATCH, ...counts, reason: failed.at(-1)?.reason };
  });
}

async function mark(tx: Queryable, results: Delivered[]): Promise<void> {
  const done = results.filter(({ reason }) => reason === undefined).map(({ id }) => id);
  await tx.query('update outbox set delivered_at = now(), attempts = attempts + 1 where id = any ($1)', [done]);
  const failed = results.filter(({ reason }) => reason !== undefined);
  if (failed.length === 0) return;
  await tx.query(
    `update outbox set attempts = attempts + 1, next_attempt_at = now() + ${backOff('attempts', LONGEST_PAUSE)},
            parked_at = case when parked then now() end, parked_because = case when parked then reason end
       from unnest($1::bigint[], $2::bool[], $3::text[]) as failed (event, parked, reason) where id = event`,
    [
      failed.map(({ id }) => id),
      failed.map(({ reason }) => reason instanceof PermanentFailure),
      failed.map(({ reason }) => (reason as Error).message),
    ],
  );
}

async function deliver(
  recommendations: Callee,
  { id, orderId, skus, traceparent }: Event,
  limitMs: number,
): Promise<Delivered> {
  const work = () => withContext(limitMs, () => reportPurchase(recommendations, { orderId, skus }));
  try {
    await tracing().continue(traceparent ?? undefined, 'deliver purchase', work);
    return { id };
  } catch (reason) {
    if (reason instanceof PermanentFailure) log().error({ order: orderId, reason }, PARKED);
    return { id, reason };
  }
}

const PARKED =
  'an event that can never be delivered is parked: mend what the reason names, then set parked_at of its row in outbox to null';
