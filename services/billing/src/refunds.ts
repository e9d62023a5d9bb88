import { randomUUID } from 'node:crypto';
import { type Database, type Money, Problem } from '@tuesday/service';

export interface Refund {
  id: string;
  chargeId: string;
  minor: number;
  hash: string;
}

/** A request to refund: `key` and `hash` of the request, `caller` its identity. */
export interface RefundCommand {
  chargeId: string;
  caller: string;
  key: string;
  hash: string;
  amount: Money;
}

/**
 * Refunds part of a charge; all refunds together are at most the charge. The charge's row is locked, so that two refunds at
 * once do not both see the same rest. Throws Problem charge-not-found, charge-not-refundable, refund-too-large or key-reused.
 */
export async function refundCharge(
  db: Database,
  command: RefundCommand,
): Promise<{ refund: Refund; replayed: boolean }> {
  const { chargeId, caller, key, hash, amount } = command;
  return db.transaction(async (tx) => {
    const [charge] = await tx.query<{ status: string; minor: number }>(
      'select status, amount_minor::int as minor from charges where id = $1 for update',
      [chargeId],
    );
    if (!charge) throw new Problem('charge-not-found');
    const [known] = await tx.query<Refund>(
      'select id, charge_id as "chargeId", amount_minor::int as minor, request_hash as hash from refunds where caller = $1 and idempotency_key = $2',
      [caller, key],
    );
    if (known && known.hash !== hash) throw new Problem('key-reused');
    if (known) return { refund: known, replayed: true };
    if (charge.status !== 'succeeded') throw new Problem('charge-not-refundable');
    const [sum] = await tx.query<{ minor: number }>(
      'select coalesce(sum(amount_minor), 0)::int as minor from refunds where charge_id = $1',
      [chargeId],
    );
    if (sum!.minor + amount.minor > charge.minor) throw new Problem('refund-too-large');
    const id = randomUUID();
    const made = await tx.query(
      `insert into refunds (id, charge_id, caller, idempotency_key, request_hash, amount_minor, currency)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
      [id, chargeId, caller, key, hash, amount.minor, amount.currency],
    );
    // The lock on this charge does not hold back a refund of another charge with the same key.
    if (made.length === 0) throw new Problem('key-reused');
    await tx.query('insert into ledger (charge_id, refund_id, amount_minor, currency) values ($1, $2, $3, $4)', [
      chargeId,
      id,
      -amount.minor,
      amount.currency,
    ]);
    return { refund: { id, chargeId, minor: amount.minor, hash }, replayed: false };
  });
}
