import type { Place } from '../../places/place.ts';

/** The auditor's SQL queries, each for the database of one service. Printed with the report. */
export const QUESTIONS = {
  orders: {
    database: 'checkout',
    sql: 'select id, customer_id as customer, status, amount_minor::int as minor, currency from orders',
  },
  charges: {
    database: 'billing',
    sql: 'select id, order_id as "order", status, amount_minor::int as minor, currency from charges',
  },
  refunds: {
    database: 'billing',
    sql: 'select charge_id as charge, sum(amount_minor)::int as minor from refunds group by charge_id',
  },
  payments: {
    database: 'bank',
    sql: 'select id, status, amount_minor::int as minor, currency from payments',
  },
  waiting: { database: 'checkout', sql: 'select order_id as "order" from outbox where delivered_at is null' },
  delivered: {
    database: 'recommendations',
    sql: 'select order_id as "order", count(*)::int as times from purchases group by order_id',
  },
} as const;

interface Books {
  orders: { id: string; customer: string; status: string; minor: number; currency: string }[];
  charges: { id: string; order: string; status: string; minor: number; currency: string }[];
  refunds: { charge: string; minor: number }[];
  /** The provider's book; the id of a payment is that of its charge. */
  payments: { id: string; status: string; minor: number; currency: string }[];
  waiting: { order: string }[];
  delivered: { order: string; times: number }[];
}

/** An order as its customer got it in an answer. */
export interface Acknowledged {
  customer: string;
  order: string;
  status: string;
  minor: number;
}

/** Reads the orders, charges, payments and events of the four databases. */
export async function readBooks(shop: Pick<Place, 'sql'>): Promise<Books> {
  const entries = Object.entries(QUESTIONS).map(
    async ([name, { database, sql }]) => [name, await shop.sql(database, sql)] as const,
  );
  return Object.fromEntries(await Promise.all(entries)) as unknown as Books;
}

/** Whether no order is pending and every event has been delivered: only then audit() makes sense. */
export function settled({ orders, charges, waiting }: Books): boolean {
  return waiting.length === 0 && [...orders, ...charges].every(({ status }) => status !== 'pending');
}

/**
 * Compares the answers to customers with the databases. Gives one sentence for each fault, none if every acknowledged
 * order exists exactly once with exactly one charge of the same amount, the provider's book has one payment for each charge,
 * and nothing else was charged or paid.
 */
export function audit(books: Books, acknowledged: Acknowledged[]): string[] {
  const orders = new Map(books.orders.map((order) => [order.id, order]));
  const charges = Map.groupBy(books.charges, (charge) => charge.order);
  const customers = Map.groupBy(books.orders, (order) => order.customer);
  const delivered = new Map(books.delivered.map(({ order, times }) => [order, times]));
  const complaints: string[] = [];
  for (const answer of acknowledged) {
    const order = orders.get(answer.order);
    if (!order) complaints.push(`I1: acknowledged order ${answer.order} does not exist`);
    else if (order.status !== answer.status || order.minor !== answer.minor)
      complaints.push(`I1: order ${answer.order} differs from the answer to its customer`);
    if ((customers.get(answer.customer)?.length ?? 0) > 1)
      complaints.push(`I1: one purchase became ${customers.get(answer.customer)?.length} orders (${answer.order})`);
  }
  for (const order of books.orders) {
    const own = charges.get(order.id) ?? [];
    if (order.status === 'confirmed' && own.length !== 1)
      complaints.push(`I2: confirmed order ${order.id} has ${own.length} charges`);
    for (const charge of own) {
      if (charge.minor !== order.minor || charge.currency !== order.currency)
        complaints.push(`I3: order ${order.id} and its charge differ`);
      if ((charge.status === 'succeeded') !== (order.status === 'confirmed'))
        complaints.push(`I2: order ${order.id} is ${order.status}, its charge ${charge.status}`);
    }
    const times = delivered.get(order.id) ?? 0;
    if (times !== (order.status === 'confirmed' ? 1 : 0))
      complaints.push(`I7: ${order.status} order ${order.id} was counted ${times} times`);
  }
  for (const charge of books.charges)
    if (!orders.has(charge.order)) complaints.push(`I2: charge ${charge.id} has no order`);
  const charged = sum(books.charges.filter((charge) => charge.status === 'succeeded'));
  const confirmed = sum(books.orders.filter((order) => order.status === 'confirmed'));
  if (charged !== confirmed) complaints.push(`I4: ${charged} were charged, ${confirmed} confirmed`);
  const amounts = new Map(books.charges.map((charge) => [charge.id, charge.minor]));
  for (const refund of books.refunds)
    if (refund.minor > (amounts.get(refund.charge) ?? 0))
      complaints.push(`I10: refunds of charge ${refund.charge} exceed it`);
  return [...complaints, ...auditPayments(books)];
}

function auditPayments({ charges, payments }: Books): string[] {
  const paid = new Map(payments.map((payment) => [payment.id, payment]));
  const known = new Map(charges.map((charge) => [charge.id, charge]));
  return [
    ...charges.flatMap(({ id, status, minor, currency }) => {
      const payment = paid.get(id);
      if (!payment) return [`I11: charge ${id} has no payment`];
      const isSame = payment.minor === minor && payment.currency === currency && payment.status === status;
      return isSame ? [] : [`I11: charge ${id} and its payment differ`];
    }),
    ...payments.filter(({ id }) => !known.has(id)).map(({ id }) => `I11: payment ${id} has no charge`),
  ];
}

const sum = (rows: { minor: number }[]) => rows.reduce((total, { minor }) => total + minor, 0);
