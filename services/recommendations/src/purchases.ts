import type { Database } from '@tuesday/service';
import type { Purchase, Purchases } from './contract.ts';

/** How many of the latest orders are counted: enough to rank a dozen products, and the same work however many orders there are. */
const LATEST = 250;

export interface PurchaseStore extends Purchases {
  /** Counts an order unless it has been counted before; says whether it was new. */
  record(purchase: Purchase): Promise<boolean>;
}

/** What was bought, in PostgreSQL. */
export function purchasesIn(db: Database): PurchaseStore {
  return {
    mostBought: ({ except, limit }) => count(db, { where: 'true', except, limit }),
    boughtTogether: ({ basket, limit }) => count(db, { where: 'skus && $1', except: basket, limit }),
    record: async ({ orderId, skus }) => {
      const rows = await db.query(
        'insert into purchases (order_id, skus) values ($1, $2) on conflict do nothing returning id',
        [orderId, [...new Set(skus)]],
      );
      return rows.length === 1;
    },
  };
}

async function count(db: Database, { where, except, limit }: { where: string; except: string[]; limit: number }) {
  return db.query<{ sku: string; orders: number }>(
    `select sku, count(*)::int as orders
       from (select skus from purchases order by id desc limit ${LATEST}) as latest, unnest(skus) as sku
      where ${where} and sku <> all ($1::text[])
      group by sku order by orders desc, sku limit $2`,
    [except, limit],
  );
}
