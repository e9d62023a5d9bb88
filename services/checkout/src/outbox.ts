import { type Callee, type Database, type Queryable, log, tracing, withContext } from '@tuesday/service';
import { reportPurchase } from './recommendations.ts';

/** How many events one round delivers, all at once; it also limits how long their rows are locked. */
const BATCH = 20;
/** Milliseconds that the delivery of one event may take; tests of other things give more. */
const LIMIT_MS = 1_000;

interface Event {
  id: string;
  orderId: string;
  skus: string[];
  traceparent: string | null;
}

/**
 * The transactional outbox: delivers one batch of the events that are due; true if there may be more. Rows are locked during
 * the delivery, and other instances skip them. After a failed delivery an event waits 0.2 s, doubling up to a minute. An event
 * arrives twice only if this process ends between delivery and mark; recommendations counts each order id once.
 */
export function deliverOutbox(db: Database, recommendations: Callee, limitMs = LIMIT_MS): Promise<boolean> {
  return db.transaction(async (tx) => {
    const events = await tx.query<Event>(
      `select id, order_id as "orderId", skus, traceparent from outbox
        where delivered_at is null and next_attempt_at <= now() order by id limit ${BATCH} for update skip locked`,
    );
    if (events.length === 0) return false;
    const delivered = await Promise.all(events.map((event) => deliver(recommendations, event, limitMs)));
    const ids = (wanted: boolean) => events.filter((_event, index) => delivered[index] === wanted).map(({ id }) => id);
    await mark(tx, ids(true), ids(false));
    return events.length === BATCH;
  });
}

async function mark(tx: Queryable, delivered: string[], failed: string[]): Promise<void> {
  await tx.query('update outbox set delivered_at = now(), attempts = attempts + 1 where id = any ($1)', [delivered]);
  if (failed.length === 0) return;
  await tx.query(
    `update outbox set attempts = attempts + 1, next_attempt_at = now() + least(60, 0.2 * 2 ^ least(attempts, 9)) * interval '1 s'
      where id = any ($1)`,
    [failed],
  );
}

async function deliver(
  recommendations: Callee,
  { orderId, skus, traceparent }: Event,
  limitMs: number,
): Promise<boolean> {
  const work = () => withContext(limitMs, () => reportPurchase(recommendations, { orderId, skus }));
  try {
    await tracing().continue(traceparent ?? undefined, 'deliver purchase', work);
    return true;
  } catch (error) {
    log().warn({ reason: (error as Error).message }, 'purchase not delivered yet');
    return false;
  }
}
