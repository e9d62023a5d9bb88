import type { Database, Round } from '@tuesday/service';

/** How many rows of each table one statement removes: it holds their locks for milliseconds. */
export const BATCH = 1_000;

/**
 * Removes idempotency keys of settled orders after 30 days, and events a week after their delivery: one batch, in one
 * statement. The orders stay. A key that is used again after that time is a new purchase. Stripe keeps keys for 30 days, too (its API v2).
 */
export async function retentionRound(db: Database): Promise<Round> {
  const [removed] = await db.query<{ keys: number; events: number }>(
    `with keys as (
       delete from idempotency where ctid = any (array(
         select ctid from idempotency where state = 'done' and created_at < now() - interval '30 days'
          limit ${BATCH} for update skip locked)) returning 1),
     events as (
       delete from outbox where ctid = any (array(
         select ctid from outbox where delivered_at < now() - interval '7 days'
          limit ${BATCH} for update skip locked)) returning 1)
     select (select count(*)::int from keys) as keys, (select count(*)::int from events) as events`,
  );
  const { keys, events } = removed!;
  return { more: keys === BATCH || events === BATCH, done: keys + events, failed: 0 };
}
