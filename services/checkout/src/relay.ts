import { type Callee, type Database, type Queryable, log, tracing, withContext } from '@tuesday/service';
import { tellPurchase } from './recommendations.ts';

/** How many events one round delivers, and so how long it may hold its rows: all of them are told at once. */
const BATCH = 20;
/** Milliseconds that telling one event may take. */
const LIMIT_MS = 1_000;

interface Event {
  id: string;
  orderId: string;
  skus: string[];
  traceparent: string | null;
}

/**
 * Delivers events that are due, one batch; true if there may be more. Rows are locked while they are told, and other
 * instances skip them. An event that could not be told waits 0.2 s, doubling up to a minute. An event is told twice only
 * if this process dies between telling and marking: whoever hears it deduplicates by order id.
 */
export function relayRound(db: Database, recommendations: Callee): Promise<boolean> {
  return db.transaction(async (tx) => {
    const events = await tx.query<Event>(
      `select id, order_id as "orderId", skus, traceparent from outbox
        where delivered_at is null and next_attempt_at <= now() order by id limit ${BATCH} for update skip locked`,
    );
    if (events.length === 0) return false;
    const told = await Promise.all(events.map((event) => tell(recommendations, event)));
    const ids = (wanted: boolean) => events.filter((_event, index) => told[index] === wanted).map(({ id }) => id);
    await mark(tx, ids(true), ids(false));
    return events.length === BATCH;
  });
}

async function mark(tx: Queryable, told: string[], untold: string[]): Promise<void> {
  await tx.query('update outbox set delivered_at = now(), attempts = attempts + 1 where id = any ($1)', [told]);
  if (untold.length === 0) return;
  await tx.query(
    `update outbox set attempts = attempts + 1, next_attempt_at = now() + least(60, 0.2 * 2 ^ least(attempts, 9)) * interval '1 s'
      where id = any ($1)`,
    [untold],
  );
}

async function tell(recommendations: Callee, { orderId, skus, traceparent }: Event): Promise<boolean> {
  const work = () => withContext(LIMIT_MS, () => tellPurchase(recommendations, { orderId, skus }));
  try {
    await tracing().continue(traceparent ?? undefined, 'deliver purchase', work);
    return true;
  } catch (error) {
    log().warn({ reason: (error as Error).message }, 'purchase not delivered yet');
    return false;
  }
}
