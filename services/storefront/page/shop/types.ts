import type { Hop, Money, PaymentMethod, Receipt, Recommendation, ServedBy } from '@tuesday/service';
import type { Order, Product } from '../../../checkout/src/contract.ts';

export type { Hop, Money, Order, PaymentMethod, Product, Receipt, Recommendation, ServedBy };

/** A line of a basket or an order. */
export type Item = Order['items'][number];

/** The union of what the routes answer; which fields are there depends on route and status. */
export interface Body {
  products?: Product[];
  recommendations?: Recommendation[];
  order?: Order;
  degraded?: boolean;
  hops?: Hop[];
  servedBy?: ServedBy;
  customer?: string;
  demoCustomers?: string[];
  expiresIn?: number;
  title?: string;
  detail?: string;
}

/** One answer as the browser saw it; status 0 when none came at all. */
export interface Answer {
  status: number;
  body: Body;
  serverTiming: string;
  ms: number;
}
