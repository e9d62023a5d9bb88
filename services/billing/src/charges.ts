import { randomUUID } from 'node:crypto';
import { type Database, Problem, type Queryable, type Receipt, throwIfExpired } from '@tuesday/service';
import type { ChargeRequest } from './contract.ts';
import type { Outcome } from './provider/provider.ts';

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

/** A request to charge: `key` and `hash` of the request, `caller` its identity. */
export interface ChargeCommand {
  caller: string;
  key: string;
  hash: string;
  request: ChargeRequest;
}

const COLUMNS = 'id, order_id as "orderId", status, reason, amount_minor::int as minor, currency, receipt';

/** A pending charge that only this request may settle. */
export interface Claim {
  id: string;
  owner: string;
}

/** For how many milliseconds a charge has its owner: longer than the slowest payment. */
export const LEASE_MS = 5_000;
const LEASE = `interval '${LEASE_MS} milliseconds'`;

/**
 * Claims the charge for this request: inserts it, or takes it over from an owner whose lease has ended. Returns the charge
 * with the claim, or without one where it is settled and only replayed.
 *
 * The same request for the same order is a repetition, whatever its key and caller. Throws Problem deadline-exceeded, and
 * writes nothing, when the caller no longer waits; key-reused for another request under this key or for this order;
 * request-in-progress while another owner works on it.
 */
export async function claimCharge(
  db: Database,
  { caller, key, hash, request }: ChargeCommand,
): Promise<{ charge: Charge; claim?: Claim }> {
  const { orderId, amount } = request;
  const owner = randomUUID();
  const claimed = (charge: Charge) => ({ charge, claim: { id: charge.id, owner } });
  const [inserted] = await db.connected((on) => {
    // Looked at when there is a connection: the wait for it may have been long.
    throwIfExpired();
    return on.query<Charge>(
      `insert into charges (id, order_id, caller, idempotency_key, request_hash, amount_minor, currency, owner, lease_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + ${LEASE}) on conflict do nothing returning ${COLUMNS}`,
      [randomUUID(), orderId, caller, key, hash, amount.minor, amount.currency, owner],
    );
  });
  if (inserted) return claimed(inserted);
  // By its order, whoever asks: a caller that has no certificate any more, or has one now, is still the same caller.
  const [known] = await db.query<Charge & { hash: string }>(
    `select ${COLUMNS}, request_hash as hash from charges where order_id = $1`,
    [orderId],
  );
  if (!known) throw new Problem('key-reused', { detail: 'This key was used for another order.' });
  if (known.hash !== hash) throw new Problem('key-reused', { detail: 'This order was charged in another way.' });
  if (known.status !== 'pending') return { charge: known };
  const [taken] = await db.query<Charge>(
    `update charges set owner = $2, lease_until = now() + ${LEASE} where id = $1 and status = 'pending' and lease_until < now() returning ${COLUMNS}`,
    [known.id, owner],
  );
  if (!taken) throw new Problem('request-in-progress');
  return claimed(taken);
}

/**
 * Writes the outcome and, for a success, receipt and ledger entry, in one statement. Without the claim nothing is written: the
 * charge that another owner has settled is returned, and while it works on it Problem request-in-progress is thrown.
 */
export async function settleCharge(
  db: Queryable,
  { id, owner }: Claim,
  { status, reason, receipt }: Outcome & { receipt: Receipt | null },
): Promise<Charge> {
  const [settled] = await db.query<Charge>(
    `with settled as (update charges set status = $2, reason = $3, receipt = $4 where id = $1 and owner = $5 and status = 'pending' returning *),
       booked as (insert into ledger (charge_id, amount_minor, currency)
                  select id, amount_minor, currency from settled where status = 'succeeded')
     select ${COLUMNS} from settled`,
    [id, status, reason, JSON.stringify(receipt), owner],
  );
  const charge = settled ?? (await findCharge(db, id));
  if (charge.status === 'pending') throw new Problem('request-in-progress');
  return charge;
}

/** Ends the lease of a payment without an outcome: the next request need not wait for its end. */
export async function releaseCharge(db: Queryable, { id, owner }: Claim): Promise<void> {
  await db.query(`update charges set lease_until = now() where id = $1 and owner = $2 and status = 'pending'`, [
    id,
    owner,
  ]);
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
