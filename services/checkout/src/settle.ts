import { type Database, type Hop, type Queryable, tracing } from '@tuesday/service';
import type { Attempt } from './claim.ts';
import type { Decision, Order, Outcome, Suggested } from './contract.ts';

/** How a purchase went, ready to be written. */
export interface Result {
  decision: Decision;
  suggested: Suggested;
  hops: Hop[];
}

/**
 * Writes order, event and kept answer in one transaction, and gives the answer. Undefined, and nothing written, if another
 * attempt owns the key by now: then the outcome is that attempt's to tell. Null for a failed order: its key is free again.
 */
export function settle(db: Database, attempt: Attempt, result: Result): Promise<Outcome | null | undefined> {
  return db.transaction(async (tx) => {
    const order: Order = { ...attempt.order, status: result.decision };
    const outcome = outcomeOf(order, result);
    const owned = outcome ? await keep(tx, attempt, outcome) : await forget(tx, attempt);
    if (!owned) return undefined;
    if (!(await moveForward(tx, order))) throw new Error(`order ${order.id} was settled without its key`);
    if (order.status === 'confirmed') await announce(tx, order);
    return outcome;
  });
}

function outcomeOf(order: Order, { decision, suggested, hops }: Result): Outcome | null {
  if (decision === 'failed') return null;
  return decision === 'confirmed'
    ? { status: 201, body: { order, ...suggested, hops } }
    : { status: 402, body: { order, hops } };
}

async function keep(tx: Queryable, { order, owner }: Attempt, { status, body }: Outcome): Promise<boolean> {
  const rows = await tx.query(
    `update idempotency set state = 'done', status = $3, body = $4
      where order_id = $1 and owner = $2 and state = 'in_progress' returning order_id`,
    [order.id, owner, status, JSON.stringify(body)],
  );
  return rows.length === 1;
}

/** What billing refused as impossible was not charged and may be tried afresh with the same key, as a new order. */
async function forget(tx: Queryable, { order, owner }: Attempt): Promise<boolean> {
  const sql = `delete from idempotency where order_id = $1 and owner = $2 and state = 'in_progress' returning order_id`;
  return (await tx.query(sql, [order.id, owner])).length === 1;
}

/** Only a pending order is settled; the trigger orders_move_forward holds the same for whoever writes SQL by hand. */
export async function moveForward(tx: Queryable, { id, status }: Pick<Order, 'id' | 'status'>): Promise<boolean> {
  const rows = await tx.query(
    `update orders set status = $2, payment_method = null, settled_at = now() where id = $1 and status = 'pending' returning id`,
    [id, status],
  );
  return rows.length === 1;
}

async function announce(tx: Queryable, { id, items }: Order): Promise<void> {
  await tx.query('insert into outbox (order_id, skus, traceparent) values ($1, $2, $3)', [
    id,
    items.map(({ sku }) => sku),
    tracing().carry() ?? null,
  ]);
}
