import { type Hop, type Queryable, tracing } from '@tuesday/service';
import type { Attempt } from './idempotency.ts';
import type { Decision, Order, Outcome, Suggestions } from './contract.ts';

/** The result of a purchase, ready to be written. */
export interface Result {
  decision: Decision;
  suggested: Suggestions;
  hops: Hop[];
}

/**
 * Writes order, event and stored answer in one statement, and returns the answer. Undefined, and nothing written, if another
 * attempt owns the key now: that attempt answers. Null for a failed order: its key is free again.
 */
export async function settle(db: Queryable, attempt: Attempt, result: Result): Promise<Outcome | null | undefined> {
  const outcome = outcomeOf({ ...attempt.order, ...result.decision }, result);
  const owned = await (outcome ? writeOutcome(db, attempt, outcome) : freeKey(db, attempt));
  return owned ? outcome : undefined;
}

function outcomeOf(order: Order, { decision, suggested, hops }: Result): Outcome | null {
  if (decision.status === 'failed') return null;
  return decision.status === 'confirmed'
    ? { status: 201, body: { order, ...suggested, hops } }
    : { status: 402, body: { order, hops } };
}

/** Only the owner of a key may change its order: an attempt that lost the lease finds no row, so it changes nothing. */
const OWNED = `where order_id = $1 and owner = $2 and state = 'in_progress' returning order_id`;

/** The trigger orders_move_forward rejects a settled order, and with it the whole statement. */
const SETTLED = `update orders set status = $3, payment_method = null, settled_at = now()`;

async function writeOutcome(db: Queryable, { owner }: Attempt, { status, body }: Outcome): Promise<boolean> {
  const { order } = body;
  const rows = await db.query(
    `with kept as (update idempotency set state = 'done', status = $4, body = $5 ${OWNED}),
       settled as (${SETTLED}, receipt = $8 from kept where id = order_id returning id, status),
       announced as (insert into outbox (order_id, skus, traceparent) select id, $6::text[], $7 from settled where status = 'confirmed')
     select id from settled`,
    [
      order.id,
      owner,
      order.status,
      status,
      JSON.stringify(body),
      order.items.map(({ sku }) => sku),
      tracing().traceparent() ?? null,
      order.receipt ? JSON.stringify(order.receipt) : null,
    ],
  );
  return rows.length === 1;
}

/** An order that billing refused as invalid was not charged; the same key may be used again, for a new order. */
async function freeKey(db: Queryable, { order, owner }: Attempt): Promise<boolean> {
  const sql = `with forgotten as (delete from idempotency ${OWNED}) ${SETTLED} from forgotten where id = order_id returning id`;
  return (await db.query(sql, [order.id, owner, 'failed'])).length === 1;
}
