import type { Receipt } from '@tuesday/service';
import type { Order } from './contract.ts';

/** An order as SQL gives it; select ORDER_COLUMNS. */
export type OrderRow = Omit<Order, 'createdAt' | 'receipt'> & { createdAt: Date; receipt: Receipt | null };

/** Columns of the table `orders`, which must have no alias in the statement. */
export const ORDER_COLUMNS = `orders.id, orders.status, orders.items, orders.receipt, orders.created_at as "createdAt",
  json_build_object('currency', orders.currency, 'minor', orders.amount_minor) as amount`;

/** The order as its customer may see it. */
export function toOrder({ id, status, amount, items, createdAt, receipt }: OrderRow): Order {
  return { id, status, amount, items, createdAt: createdAt.toISOString(), ...(receipt && { receipt }) };
}
