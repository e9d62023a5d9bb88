import { randomUUID } from 'node:crypto';
import { type Database, type Money, Problem, type Queryable, throwIfExpired, tracing } from '@tuesday/service';
import type { CheckoutRequest, Order, Outcome } from './contract.ts';
import { ORDER_COLUMNS, type OrderRow, toOrder } from './order-row.ts';

/** After how many milliseconds an attempt counts as failed: longer than a request may take in all. */
export const LEASE_MS = 4_000;

/** One POST /checkout, checked and priced. */
export interface PurchaseRequest {
  customer: string;
  key: string;
  requestHash: string;
  body: CheckoutRequest;
  amount: Money;
}

/** A pending order that only this attempt may settle. */
export interface Attempt {
  order: Order;
  /** The token; it goes to billing and nowhere else. */
  paymentMethod: string;
  owner: string;
  traceparent: string | null;
}

export type Claimed = { attempt: Attempt } | { outcome: Outcome };

/** The columns of an attempt: those of its order, and its own. */
export type AttemptRow = OrderRow & Omit<Attempt, 'order'>;

export const ATTEMPT_COLUMNS = `${ORDER_COLUMNS}, orders.payment_method as "paymentMethod", idempotency.owner, idempotency.traceparent`;

export function attemptOf(row: AttemptRow): Attempt {
  const { paymentMethod, owner, traceparent } = row;
  return { order: toOrder(row), paymentMethod, owner, traceparent };
}

/**
 * Claims the key, and with it a pending order: a new one, or that of an attempt whose lease has ended. Returns the stored
 * outcome where there is one. Throws Problem deadline-exceeded when the caller no longer waits, key-reused for another
 * payload, request-in-progress while another attempt has the lease.
 */
export async function claimKey(db: Database, request: PurchaseRequest): Promise<Claimed> {
  const owner = randomUUID();
  const fresh = await db.connected(async (on) => {
    // Checked after the wait for a connection, which is long when the service is busy.
    throwIfExpired();
    return insertOrder(on, owner, request);
  });
  return fresh ? { attempt: fresh } : claimExisting(db, owner, request);
}

/** One statement, so one transaction. No conflict target: a row that conflicts with any key belongs to an earlier attempt. */
async function insertOrder(on: Queryable, owner: string, request: PurchaseRequest): Promise<Attempt | undefined> {
  const { customer, key, requestHash, amount, body } = request;
  const traceparent = tracing().traceparent() ?? null;
  const [row] = await on.query<OrderRow>(
    `with claimed as (
       insert into idempotency (customer_id, key, request_hash, order_id, owner, lease_until, traceparent)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 ms', $7) on conflict do nothing
       returning order_id, customer_id)
     insert into orders (id, customer_id, items, currency, amount_minor, payment_method)
     select order_id, customer_id, $8::json, $9, $10::integer, $11 from claimed
     returning ${ORDER_COLUMNS}`,
    [
      customer,
      key,
      requestHash,
      randomUUID(),
      owner,
      LEASE_MS,
      traceparent,
      JSON.stringify(body.items),
      amount.currency,
      amount.minor,
      body.paymentMethod,
    ],
  );
  if (!row) return undefined;
  return { owner, traceparent, paymentMethod: body.paymentMethod, order: toOrder(row) };
}

async function claimExisting(
  db: Queryable,
  owner: string,
  { customer, key, requestHash }: PurchaseRequest,
): Promise<Claimed> {
  type Known = { hash: string; orderId: string; status: Outcome['status'] | null; body: Outcome['body'] };
  const [row] = await db.query<Known>(
    'select request_hash as hash, order_id as "orderId", status, body from idempotency where customer_id = $1 and key = $2',
    [customer, key],
  );
  if (!row) throw new Problem('request-in-progress'); // released between the two statements
  if (row.hash !== requestHash) throw new Problem('key-reused');
  if (row.status !== null) return { outcome: { status: row.status, body: row.body } };
  const [taken] = await db.query<AttemptRow>(
    `update idempotency set owner = $2, lease_until = now() + $3 * interval '1 ms' from orders
      where order_id = $1 and orders.id = order_id and state = 'in_progress' and lease_until <= now()
      returning ${ATTEMPT_COLUMNS}`,
    [row.orderId, owner, LEASE_MS],
  );
  if (!taken) throw new Problem('request-in-progress');
  return { attempt: attemptOf(taken) };
}

/** Ends the lease without an outcome: the order stays pending, and the next attempt does not have to wait. */
export async function releaseKey(db: Queryable, { order, owner }: Attempt): Promise<void> {
  await db.query(
    `update idempotency set lease_until = now() where order_id = $1 and owner = $2 and state = 'in_progress'`,
    [order.id, owner],
  );
}
