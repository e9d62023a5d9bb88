import { expect, test } from '@jest/globals';
import { audit, settled } from './audit.ts';

const books = () => ({
  orders: [{ id: 'o1', customer: 'c1', status: 'confirmed', minor: 100, currency: 'NOK' }],
  charges: [{ id: 'p1', order: 'o1', status: 'succeeded', minor: 100, currency: 'NOK' }],
  payments: [{ id: 'p1', status: 'succeeded', minor: 100, currency: 'NOK' }],
  refunds: [] as { charge: string; minor: number }[],
  waiting: [] as { order: string }[],
  delivered: [{ order: 'o1', times: 1 }],
});
const answers = [{ customer: 'c1', order: 'o1', status: 'confirmed', minor: 100 }];

test('When the databases agree with the answers to customers, then there is no complaint', () => {
  expect(audit(books(), answers)).toEqual([]);
  expect(settled(books())).toBe(true);
});

test.each<[string, (b: ReturnType<typeof books>) => void, RegExp]>([
  ['an order is lost', (b) => b.orders.pop(), /I1: acknowledged order o1 does not exist/],
  [
    'a purchase became two orders',
    (b) => b.orders.push({ ...b.orders[0]!, id: 'o2' }),
    /I1: one purchase became 2 orders/,
  ],
  [
    'an order is charged twice',
    (b) => b.charges.push({ ...b.charges[0]!, id: 'p2' }),
    /I2: confirmed order o1 has 2 charges/,
  ],
  ['a charge has another amount', (b) => void (b.charges[0]!.minor = 99), /I3/],
  [
    'a declined order was charged',
    (b) => void (b.orders[0]!.status = 'declined'),
    /I2: order o1 is declined, its charge succeeded/,
  ],
  [
    'a charge has no order',
    (b) => b.charges.push({ ...b.charges[0]!, id: 'p3', order: 'o3' }),
    /I2: charge p3 has no order/,
  ],
  ['a charge was never paid', (b) => b.payments.pop(), /I11: charge p1 has no payment/],
  ['a payment has another amount', (b) => void (b.payments[0]!.minor = 99), /I11: charge p1 and its payment differ/],
  ['a declined payment was charged', (b) => void (b.payments[0]!.status = 'declined'), /I11: charge p1 and its/],
  ['an order was paid twice', (b) => b.payments.push({ ...b.payments[0]!, id: 'x' }), /I11: payment x has no charge/],
  ['an event was counted twice', (b) => void (b.delivered[0]!.times = 2), /I7/],
  ['an event was never delivered', (b) => b.delivered.pop(), /I7/],
  ['more was refunded than charged', (b) => b.refunds.push({ charge: 'p1', minor: 101 }), /I10/],
])('When %s, then the auditor says so', (_name, damage, complaint) => {
  const damaged = books();
  damage(damaged);
  expect(audit(damaged, answers).join('\n')).toMatch(complaint);
});

test('When an order is pending or an event waits, then the books are not settled', () => {
  expect(settled({ ...books(), waiting: [{ order: 'o1' }] })).toBe(false);
  const pending = books();
  pending.orders[0]!.status = 'pending';
  expect(settled(pending)).toBe(false);
});
