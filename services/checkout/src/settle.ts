import { type Hop, type Queryable, tracing } from '@tuesday/service';
import type { Attempt } from './claim.ts';
import type { Decision, Order, Outcome, Suggested } from './contract.ts';

/** How a purchase went, ready to be written. */
export interface Result {
  decision: Decision;
  suggested: Suggested;
  hops: Hop[];
}

/**
 * Writes order, event and kept answer in one statement, and gives the answer. Undefined, and nothing written, if another
 * attempt owns the key by now: then the outcome is that attempt's to tell. Null for a failed order: its key is free again.
 */
export async function settle(db: Queryable, attempt: Attempt, result: Result): Promise<Outcome | null | undefined> {
  const outcome = outcomeOf({ ...attempt.order, status: result.decision }, result);
  const owned = await (outcome ? keep(db, attempt, outcome) : forget(db, attempt));
  return owned ? outcome : undefined;
}

function outcomeOf(order: Order, { decision, suggested, hops }: Result): Outcome | null {
  if (decision === 'failed') return null;
  return decision === 'confirmed'
    ? { status: 201, body: { order, ...suggested, hops } }
    : { status: 402, body: { order, hops } };
}

/** What only the owner of a key may do with its order: whoever lost the lease finds no row, and nothing follows from it. */
const OWNED = `where order_id = $1 and owner = $2 and state = 'in_progress' returning order_id`;

/** The trigger orders_move_forward refuses a settled order, and with it the whole statement. */
const SETTLED = `update orders set status = $3, payment_method = null, settled_at = now()`;

async function keep(db: Queryable, { order, owner }: Attempt, { status, body }: Outcome): Promise<boolean> {
  const rows = await db.query(
    `with kept as (update idempotency set state = 'done', status = $4, body = $5 ${OWNED}),
       settled as (${SETTLED} from kept where id = order_id returning id, status),
       announced as (insert into outbox (order_id, skus, traceparent) select id, $6::text[], $7 from settled where status = 'confirmed')
     select id from settled`,
    [
      order.id,
      owner,
      body.order.status,
      status,
      JSON.stringify(body),
      order.items.map(({ sku }) => sku),
      tracing().carry() ?? null,
    ],
  );
  return rows.length === 1;
}

/** What billing refused as impossible was not charged and may be tried afresh with the same key, as a new order. */
async function forget(db: Queryable, { order, owner }: Attempt): Promise<boolean> {
  const sql = `with forgotten as (delete from idempotency ${OWNED}) ${SETTLED} from forgotten where id = order_id returning id`;
  return (await db.query(sql, [order.id, owner, 'failed'])).length === 1;
}
