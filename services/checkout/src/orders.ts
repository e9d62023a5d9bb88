import type { Queryable } from '@tuesday/service';
import type { Order } from './contract.ts';
import { ORDER_COLUMNS, type OrderRow, toOrder } from './order-row.ts';

/** The customer's order; undefined where there is none, or it is another customer's. `id`: a UUID. */
export async function findOrder(
  db: Queryable,
  { id, customer }: { id: string; customer: string },
): Promise<Order | undefined> {
  const sql = `select ${ORDER_COLUMNS} from orders where id = $1 and customer_id = $2`;
  const [row] = await db.query<OrderRow>(sql, [id, customer]);
  return row && toOrder(row);
}
