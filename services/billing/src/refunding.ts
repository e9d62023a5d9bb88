import { randomUUID } from 'node:crypto';
import { type Database, Problem, type Queryable } from '@tuesday/service';
import type { Refund } from './contract.ts';
import type { Money } from './money.ts';

export interface RefundClaim {
  caller: string;
  key: string;
  requestHash: string;
  chargeId: string;
  amount: Money;
}

interface Row {
  id: string;
  chargeId: string;
  amount: Money;
  createdAt: Date;
  requestHash: string;
}

const COLUMNS = `id, charge_id as "chargeId", json_build_object('currency', currency, 'minor', amount_minor) as amount,
  created_at as "createdAt", request_hash as "requestHash"`;

/**
 * Gives money back, once for a key, and never more than was charged: refunds of one charge wait for each other at its row.
 * Throws Problem charge-not-found, charge-not-refundable, refund-too-large, key-reused.
 */
export function refund(db: Database, claim: RefundClaim): Promise<{ refund: Refund; replayed: boolean }> {
  return db.transaction(async (tx) => {
    const charge = await lockCharge(tx, claim.chargeId);
    const before = await earlier(tx, claim);
    if (before) return { refund: toRefund(before), replayed: true };
    if (charge.status !== 'succeeded')
      throw new Problem('charge-not-refundable', { detail: `It is ${charge.status}.` });
    const left = charge.minor - (await refunded(tx, claim.chargeId));
    if (claim.amount.minor > left) throw new Problem('refund-too-large', { detail: `${left} øre can be refunded.` });
    const row = await insert(tx, claim);
    // The key was taken meanwhile by a refund of another charge, which this charge's lock does not hold back.
    if (!row) throw new Problem('key-reused');
    return { refund: toRefund(row), replayed: false };
  });
}

async function lockCharge(tx: Queryable, id: string): Promise<{ status: string; minor: number }> {
  const sql = 'select status, amount_minor as minor from charges where id = $1 for update';
  const [charge] = await tx.query<{ status: string; minor: number }>(sql, [id]);
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}

async function earlier(tx: Queryable, { caller, key, requestHash }: RefundClaim): Promise<Row | undefined> {
  const [row] = await tx.query<Row>(`select ${COLUMNS} from refunds where caller = $1 and key = $2`, [caller, key]);
  if (row && row.requestHash !== requestHash) throw new Problem('key-reused');
  return row;
}

async function refunded(tx: Queryable, chargeId: string): Promise<number> {
  const sql = 'select coalesce(sum(amount_minor), 0)::int as minor from refunds where charge_id = $1';
  const [sum] = await tx.query<{ minor: number }>(sql, [chargeId]);
  return sum!.minor;
}

async function insert(tx: Queryable, { caller, key, requestHash, chargeId, amount }: RefundClaim) {
  const [row] = await tx.query<Row>(
    `insert into refunds (id, charge_id, caller, key, request_hash, currency, amount_minor)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${COLUMNS}`,
    [randomUUID(), chargeId, caller, key, requestHash, amount.currency, amount.minor],
  );
  if (!row) return undefined;
  await tx.query('insert into ledger (charge_id, refund_id, currency, amount_minor) values ($1, $2, $3, $4)', [
    chargeId,
    row.id,
    amount.currency,
    -amount.minor,
  ]);
  return row;
}

function toRefund({ id, chargeId, amount, createdAt }: Row): Refund {
  return { id, chargeId, amount, createdAt: createdAt.toISOString() };
}
