/** What the shop's API answers, as far as the page reads it. Money is in minor units (øre). */
export interface Money {
  currency: string;
  minor: number;
}

export interface Product {
  sku: string;
  name: string;
  description: string;
  price: Money;
  /** A whole SVG document, as text. */
  image: string;
}

/** Who gave an answer; `peer` is the caller's SPIFFE identity, or null where the call came without mTLS. */
export interface ServedBy {
  service: string;
  version: string;
  pod: string;
  peer: string | null;
}

/** One call inside the shop: who answered, which service asked, and how long that took. */
export interface Hop extends ServedBy {
  calledBy: string;
  ms: number;
}

export interface Recommendation {
  sku: string;
  reason: string;
}

export interface Item {
  sku: string;
  quantity: number;
}

export interface Order {
  id: string;
  status: string;
  amount: Money;
  items: Item[];
}

/** The union of what the routes answer; which fields are there depends on route and status. */
export interface Body {
  products?: Product[];
  recommendations?: Recommendation[];
  order?: Order;
  degraded?: boolean;
  hops?: Hop[];
  servedBy?: ServedBy;
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
