import { randomUUID } from 'node:crypto';
import { type Database, Problem, type Queryable, throwIfExpired } from '@tuesday/service';
import type { ChargeRequest, Receipt } from './contract.ts';
import type { Outcome } from './payment.ts';

/** A row of the table. */
export interface Charge {
  id: string;
  orderId: string;
  status: 'pending' | 'succeeded' | 'declined';
  reason: 'card_declined' | 'insufficient_funds' | null;
  minor: number;
  currency: 'NOK';
  receipt: Receipt | null;
}

/** A request to charge, and who asked. */
export interface Asked {
  caller: string;
  key: string;
  hash: string;
  request: ChargeRequest;
}

const COLUMNS = 'id, order_id as "orderId", status, reason, amount_minor::int as minor, currency, receipt';

/** Longer than the slowest payment: until then the charge is its owner's alone. */
const LEASE = "interval '5 seconds'";

/**
 * Claims the charge for this request: makes it, or takes it over from an owner that has died. Gives the charge and whether
 * it is ours to work on; a finished one is not, and is to be replayed.
 *
 * Throws Problem deadline-exceeded before anything is written when the caller no longer waits; key-reused for another
 * request under this key or another key for this order; request-in-progress while somebody else works on it.
 */
export async function claimCharge(
  db: Database,
  { caller, key, hash, request }: Asked,
): Promise<{ charge: Charge; ours: boolean }> {
  throwIfExpired();
  const { orderId, amount } = request;
  const [made] = await db.query<Charge>(
    `insert into charges (id, order_id, caller, idempotency_key, request_hash, amount_minor, currency, lease_until)
     values ($1, $2, $3, $4, $5, $6, $7, now() + ${LEASE}) on conflict do nothing returning ${COLUMNS}`,
    [randomUUID(), orderId, caller, key, hash, amount.minor, amount.currency],
  );
  if (made) return { charge: made, ours: true };
  const [known] = await db.query<Charge & { hash: string }>(
    `select ${COLUMNS}, request_hash as hash from charges where caller = $1 and idempotency_key = $2`,
    [caller, key],
  );
  if (!known) throw new Problem('key-reused', { detail: 'This order was charged under another key.' });
  if (known.hash !== hash) throw new Problem('key-reused');
  if (known.status !== 'pending') return { charge: known, ours: false };
  const [taken] = await db.query<Charge>(
    `update charges set lease_until = now() + ${LEASE} where id = $1 and status = 'pending' and lease_until < now() returning ${COLUMNS}`,
    [known.id],
  );
  if (!taken) throw new Problem('request-in-progress');
  return { charge: taken, ours: true };
}

/** Writes the outcome and, for a success, receipt and ledger entry, in one statement. A charge that is settled already stays as it is. */
export async function settleCharge(
  db: Queryable,
  { id }: Charge,
  { status, reason, receipt }: Outcome & { receipt: Receipt | null },
): Promise<Charge> {
  const [settled] = await db.query<Charge>(
    `with settled as (update charges set status = $2, reason = $3, receipt = $4 where id = $1 and status = 'pending' returning *),
       booked as (insert into ledger (charge_id, amount_minor, currency)
                  select id, amount_minor, currency from settled where status = 'succeeded')
     select ${COLUMNS} from settled`,
    [id, status, reason, JSON.stringify(receipt)],
  );
  return settled ?? findCharge(db, id);
}

/** Throws Problem charge-not-found. */
export async function findCharge(db: Queryable, id: string): Promise<Charge> {
  const [charge] = await db.query<Charge>(`select ${COLUMNS} from charges where id = $1`, [id]);
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}

/** None or one. */
export function chargesOfOrder(db: Database, orderId: string): Promise<Charge[]> {
  return db.query<Charge>(`select ${COLUMNS} from charges where order_id = $1`, [orderId]);
}
