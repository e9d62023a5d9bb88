import type { Database, Round } from '@tuesday/service';

/** How many of the latest purchases are kept: far more than are counted (purchases.ts), and than could be reported again. */
export const KEPT = 100_000;

/** How many rows one statement removes: it holds their locks for milliseconds. */
const BATCH = 1_000;

/** Removes the purchases before the latest `kept`: one batch, in one statement. */
export async function retentionRound(db: Database, kept = KEPT): Promise<Round> {
  const removed = await db.query(
    `delete from purchases where id in (
       select id from purchases where id <= (select max(id) from purchases) - $1::bigint order by id
        limit ${BATCH} for update skip locked) returning 1`,
    [kept],
  );
  return { more: removed.length === BATCH, done: removed.length, failed: 0 };
}
