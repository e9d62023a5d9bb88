import { afterAll, expect, test } from '@jest/globals';
import { asCustomer, buy, buyUntilAnswered, purchase, send } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { PLACE, startShop } from '../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

interface Order {
  id: string;
  status: string;
  amount: { currency: string; minor: number };
  receipt: { amount: object; vat?: { net: number; vat: number } };
}
const orderOf = (body: Record<string, unknown>) => body['order'] as Order;
const hopsOf = (body: Record<string, unknown>) => body['hops'] as { service: string; version: string; pod: string }[];

test('When a customer buys, then the order is confirmed and lists the services that took part', async () => {
  const wanted = purchase({ items: [{ sku: 'headlamp', quantity: 2 }] });
  const answer = await buy(shop.url, wanted);
  expect(answer.status).toBe(201);
  expect(orderOf(answer.body)).toMatchObject({ status: 'confirmed', amount: { currency: 'NOK' } });
  expect(answer.body['servedBy']).toMatchObject({ service: 'checkout', version: 'v1' });
  expect(hopsOf(answer.body).map((hop) => hop.service)).toEqual(expect.arrayContaining(['billing', 'recommendations']));
  expect(answer.headers['server-timing']).toMatch(/dur=/);
  const seen = await send(`${shop.url}/api/orders/${orderOf(answer.body).id}`, {
    headers: asCustomer(wanted.customer),
  });
  const { id, amount, receipt } = orderOf(answer.body);
  expect(orderOf(seen.body)).toMatchObject({ id, status: 'confirmed', receipt });
  // Only billing v2 shows the VAT; the amount is the same.
  const billing = hopsOf(answer.body).find(({ service }) => service === 'billing');
  expect([receipt.amount, receipt.vat !== undefined]).toEqual([amount, billing?.version === 'v2']);
  if (receipt.vat) expect(receipt.vat.net + receipt.vat.vat).toBe(amount.minor);
});

test('When the release header or cookie is "next", then checkout v2 answers', async () => {
  const byHeader = await buy(shop.url, purchase(), { 'x-release': 'next' });
  const byCookie = await buy(shop.url, purchase(), { cookie: 'a=b; release=next' });
  const byOther = await buy(shop.url, purchase(), { cookie: 'prerelease=next' });
  expect(byHeader.body['servedBy']).toMatchObject({ service: 'checkout', version: 'v2' });
  expect(byCookie.body['servedBy']).toMatchObject({ service: 'checkout', version: 'v2' });
  expect(byOther.body['servedBy']).toMatchObject({ service: 'checkout', version: 'v1' });
});

test('When a purchase is repeated with its key, then the answer is the first one and nothing is charged twice', async () => {
  const wanted = purchase();
  const first = await buy(shop.url, wanted);
  const again = await buy(shop.url, wanted);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect([again.status, orderOf(again.body)]).toEqual([201, orderOf(first.body)]);
  const charges = await shop.sql('billing', 'select id from charges where order_id = $1', [orderOf(first.body).id]);
  expect(charges).toHaveLength(1);
});

test('When a key is used again for something else, then 422', async () => {
  const wanted = purchase();
  await buy(shop.url, wanted);
  const other = await buy(shop.url, { ...wanted, items: [{ sku: 'stove', quantity: 1 }] });
  expect([other.status, other.body['code']]).toEqual([422, 'key-reused']);
});

test('When two customers use the same key, then each gets an order', async () => {
  const one = purchase();
  const two = { ...one, customer: `${one.customer}-other` };
  const [first, second] = [await buy(shop.url, one), await buy(shop.url, two)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(orderOf(first.body).id).not.toBe(orderOf(second.body).id);
});

test('When twenty requests have one key at once, then there is one order and one charge', async () => {
  const wanted = purchase();
  const answers = await Promise.all(Array.from({ length: 20 }, () => buy(shop.url, wanted)));
  const statuses = new Set(answers.map((answer) => answer.status));
  expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
  const outcome = await buyUntilAnswered(shop.url, wanted);
  const { id } = orderOf(outcome.body);
  for (const answer of answers) if (answer.status === 201) expect(orderOf(answer.body).id).toBe(id);
  const orders = await shop.sql('checkout', 'select id from orders where customer_id = $1', [wanted.customer]);
  const charges = await shop.sql('billing', 'select id from charges where order_id = $1', [id]);
  expect([orders.length, charges.length]).toEqual([1, 1]);
});

test.each([['tok_declined'], ['tok_insufficient_funds']])(
  'When %s pays, then 402 with the declined order, again and again',
  async (paymentMethod) => {
    const wanted = purchase({ paymentMethod });
    const first = await buy(shop.url, wanted);
    const again = await buy(shop.url, wanted);
    expect([first.status, first.body['code'], orderOf(first.body).status]).toEqual([
      402,
      'payment-declined',
      'declined',
    ]);
    expect([again.status, orderOf(again.body), again.headers['idempotent-replayed']]).toEqual([
      402,
      orderOf(first.body),
      'true',
    ]);
  },
);

test('When the payment is slow, then 504 first, 409 while it runs, and the outcome afterwards', async () => {
  const wanted = purchase({ paymentMethod: 'tok_slow' });
  const first = await buy(shop.url, wanted);
  const second = await buy(shop.url, wanted);
  const outcome = await buyUntilAnswered(shop.url, wanted);
  expect([first.status, second.status, outcome.status]).toEqual([504, 409, 201]);
  const charges = await shop.sql('billing', 'select status from charges where order_id = $1', [
    orderOf(outcome.body).id,
  ]);
  expect(charges).toHaveLength(1);
});

test.each([
  ['tok_lost', 504],
  ['tok_away', 503],
])(
  'When the payment provider answers %s, then %d first, and the order settles by itself, paid once',
  async (paymentMethod, status) => {
    const wanted = purchase({ paymentMethod });
    const first = await buy(shop.url, wanted);
    expect([first.status, first.headers['retry-after']]).toEqual([status, status === 503 ? '1' : undefined]);
    const order = () =>
      shop
        .sql<{ id: string; status: string }>('checkout', 'select id, status from orders where customer_id = $1', [
          wanted.customer,
        ])
        .then(([row]) => row!);
    await eventually(async () => (await order()).status === 'confirmed', 20_000);
    const [charge] = await shop.sql<{ id: string }>('billing', 'select id from charges where order_id = $1', [
      (await order()).id,
    ]);
    const payments = await shop.sql('bank', 'select status, amount_minor::int as minor from payments where id = $1', [
      charge!.id,
    ]);
    expect(payments).toEqual([{ status: 'succeeded', minor: 349_900 }]);
  },
  40_000,
);

test('When a customer requests another customer’s order, then 404', async () => {
  const { body } = await buy(shop.url, purchase());
  const other = await send(`${shop.url}/api/orders/${orderOf(body).id}`, {
    headers: asCustomer('another-customer'),
  });
  const withoutCustomer = await send(`${shop.url}/api/orders/${orderOf(body).id}`);
  expect([other.status, withoutCustomer.status]).toEqual([404, PLACE === 'compose' ? 400 : 403]);
});

test('When a client outside claims an identity by a header, then it is ignored', async () => {
  const answer = await buy(shop.url, purchase(), {
    'x-forwarded-client-cert': 'URI=spiffe://cluster.local/ns/shop/sa/checkout',
  });
  // In a mesh the caller is the gateway; without a mesh no caller has a certificate.
  expect([null, 'spiffe://cluster.local/ns/shop/sa/gateway']).toContain(
    (answer.body['servedBy'] as { peer: string | null }).peer,
  );
});

test.each([
  'x-request-timeout-ms',
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-rq-per-try-timeout-ms',
])('When a client outside names a timeout in %s, then that changes nothing', async (name) => {
  expect((await send(`${shop.url}/api/products`, { headers: { [name]: '1' } })).status).toBe(200);
  const start = performance.now();
  const late = await buy(shop.url, purchase({ paymentMethod: 'tok_slow' }), { [name]: '9000' });
  expect([late.status, performance.now() - start < 2_600]).toEqual([504, true]);
});

test('When the gateway has been asked, then the metrics of a pod count requests', async () => {
  const answer = await shop.ask('/api/products');
  expect([answer.status, await answer.json()]).toMatchObject([200, { products: { length: 12 } }]);
  const { name } = (await shop.pods()).find(({ labels }) => labels['app'] === 'checkout')!;
  expect(await shop.metrics(name)).toMatch(/^http_server_request_duration_seconds_count\{.*service="checkout"/m);
});
