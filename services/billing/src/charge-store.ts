import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from '@tuesday/service';
import type { Charge, ChargeRequest, PaymentMethod, Receipt } from './contract.ts';
import type { PaymentOutcome } from './payment.ts';

/** After how many milliseconds an attempt that has not settled its charge counts as dead; the slowest payment takes 2,000. */
const LEASE_MS = 5_000;

/** A charge with what its answer depends on. */
export interface KeptCharge extends Charge {
  requestHash: string;
  /** What was answered when it was settled. */
  answer: Receipt | null;
  paymentMethod: PaymentMethod | null;
  owner: string;
}

const COLUMNS = `id, order_id as "orderId", status, reason, json_build_object('currency', currency, 'minor', amount_minor) as amount,
  created_at as "createdAt", request_hash as "requestHash", answer, payment_method as "paymentMethod", owner`;

/** Who asks, and for what. */
export interface Claim {
  caller: string;
  key: string;
  requestHash: string;
  request: ChargeRequest;
}

export type ChargeStore = ReturnType<typeof chargesIn>;

/** The charges in PostgreSQL. */
export function chargesIn(db: Database) {
  return {
    /** Writes a pending charge that this attempt owns; undefined where the key or the order has one already. */
    insert: async ({ caller, key, requestHash, request }: Claim): Promise<KeptCharge | undefined> => {
      const { orderId, amount, paymentMethod } = request;
      const rows = await db.query<KeptCharge>(
        `insert into charges (id, caller, key, request_hash, order_id, currency, amount_minor, payment_method, owner, lease_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + $10 * interval '1 ms')
         on conflict do nothing returning ${COLUMNS}`,
        [
          randomUUID(),
          caller,
          key,
          requestHash,
          orderId,
          amount.currency,
          amount.minor,
          paymentMethod,
          randomUUID(),
          LEASE_MS,
        ],
      );
      return rows[0];
    },

    byKey: async (caller: string, key: string): Promise<KeptCharge | undefined> => {
      const sql = `select ${COLUMNS} from charges where caller = $1 and key = $2`;
      return (await db.query<KeptCharge>(sql, [caller, key]))[0];
    },

    /** Becomes the owner of a pending charge whose owner is dead; undefined while that one may still be alive. */
    takeOver: async (id: string): Promise<KeptCharge | undefined> => {
      const rows = await db.query<KeptCharge>(
        `update charges set owner = $2, lease_until = now() + $3 * interval '1 ms'
          where id = $1 and status = 'pending' and lease_until <= now() returning ${COLUMNS}`,
        [id, randomUUID(), LEASE_MS],
      );
      return rows[0];
    },

    /** Gives a pending charge up, so that the next attempt need not wait for the lease to end. */
    release: async ({ id, owner }: Pick<KeptCharge, 'id' | 'owner'>): Promise<void> => {
      const sql = `update charges set lease_until = now() where id = $1 and owner = $2 and status = 'pending'`;
      await db.query(sql, [id, owner]);
    },

    /** Writes outcome, answer and ledger together. False, and nothing written, if another attempt owns the charge by now. */
    settle: ({ id, owner }: Pick<KeptCharge, 'id' | 'owner'>, outcome: PaymentOutcome, answer: Receipt) =>
      db.transaction(async (tx) => {
        const rows = await tx.query(
          `update charges set status = $3, reason = $4, answer = $5, payment_method = null, settled_at = now()
            where id = $1 and owner = $2 and status = 'pending' returning id`,
          [id, owner, outcome.status, outcome.reason, JSON.stringify(answer)],
        );
        if (rows.length === 1 && outcome.status === 'succeeded') await enter(tx, id);
        return rows.length === 1;
      }),

    byId: async (id: string): Promise<Charge | undefined> => (await select(db, 'id = $1', id))[0],
    byOrder: (orderId: string): Promise<Charge[]> => select(db, 'order_id = $1', orderId),
  };
}

async function enter(tx: Queryable, id: string): Promise<void> {
  await tx.query(
    `insert into ledger (charge_id, currency, amount_minor) select id, currency, amount_minor from charges where id = $1`,
    [id],
  );
}

function select(db: Queryable, where: string, value: string): Promise<Charge[]> {
  return db.query<Charge>(
    `select id, order_id as "orderId", status, reason, json_build_object('currency', currency, 'minor', amount_minor) as amount,
       created_at as "createdAt" from charges where ${where}`,
    [value],
  );
}
