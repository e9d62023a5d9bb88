import { afterAll, expect, test } from '@jest/globals';
import { paymentMethodSchema } from '@tuesday/service';
import { type Purchase, asCustomer, buy, purchase, send } from '../support/customer.ts';
import { startShop } from '../support/shop.ts';
import { repeat } from '../support/split.ts';
import type { JaegerTrace } from '../../places/traces.ts';
import { orphans, roots, servicesOf, versionsOf } from '../support/trace.ts';
import { eventually } from '../support/eventually.ts';
import { b3, buyTraced, w3c } from '../support/trace-context.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

/** Purchases whose traces are read together. */
const BATCH = 30;

/** The trace once billing, recommendations and the delivered purchase are all in it. */
async function whole(id: string): Promise<JaegerTrace> {
  return eventually(async () => {
    const trace = await shop.traces.get(id);
    const services = trace ? servicesOf(trace) : new Set();
    if (!trace || !['checkout', 'billing', 'recommendations'].every((service) => services.has(service)))
      return undefined;
    const delivered = trace.spans.some((span) => /POST \/purchases/.test(span.operationName));
    // The caller's own span is not recorded here, so only the first span of the shop may miss its parent.
    return delivered && orphans(trace).length === 1 ? trace : undefined;
  });
}

test.each([
  ['W3C', w3c],
  ['B3', b3],
])(
  'When a checkout has %s headers, then it is one trace through v1 and through v2',
  async (_name, dialect) => {
    const seen = new Set<string>();
    // One in ten goes to v2: that none of 150 does happens once in seven million runs.
    for (let bought = 0; bought < 150 && seen.size < 2; bought += BATCH) {
      const ids = await repeat(BATCH, () => buyTraced(shop.url, dialect));
      const traces = await repeat(ids.length, (index) => whole(ids[index]!));
      for (const trace of traces) expect(roots(trace)).toHaveLength(0);
      for (const version of traces.flatMap((trace) => [...versionsOf(trace, 'recommendations')])) seen.add(version);
    }
    expect([...seen].sort()).toEqual(['v1', 'v2']);
  },
  60_000,
);

test('When a trace is whole, then it shows the routes, the calls between services and the SQL', async () => {
  const { id, headers } = w3c();
  await buy(shop.url, purchase(), headers);
  // Each process sends its spans in batches: repeat until all are there.
  const found = await eventually(async () => {
    const names = (await shop.traces.get(id))?.spans.map((span) => span.operationName) ?? [];
    return [/POST \/checkout/, /POST \/charges/, /pg\.query:INSERT charges/].every((wanted) =>
      names.some((name) => wanted.test(name)),
    );
  });
  expect(found).toBe(true);
}, 20_000);

test('When the shop only checks its health or exports spans, then no trace is made', async () => {
  const names = (await shop.traces.newest(200)).flatMap((trace) => trace.spans.map((span) => span.operationName));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => /healthz|readyz|metrics|v1\/traces|api\/traces/.test(name))).toEqual([]);
});

test('When customers buy, then no token, customer or key is in any span or log line', async () => {
  const bought: Purchase[] = paymentMethodSchema.options.map((paymentMethod) => purchase({ paymentMethod }));
  const ids: string[] = [];
  for (const wanted of bought) {
    const { id, headers } = w3c();
    ids.push(id);
    await buy(shop.url, wanted, headers);
  }
  await send(`${shop.url}/api/orders/00000000-0000-4000-8000-000000000000`, {
    headers: asCustomer(bought[0]!.customer),
  });
  const opened = w3c();
  const session = await send(`${shop.url}/api/session`, { method: 'POST', headers: opened.headers });
  const token = session.body['token'] as string;
  const traceWith = (id: string, services: string[]) =>
    eventually(async () => {
      const trace = await shop.traces.get(id);
      return trace && services.every((service) => servicesOf(trace).has(service)) && trace;
    });
  const traces = await Promise.all([
    traceWith(opened.id, ['storefront']),
    ...ids.map((id) => traceWith(id, ['checkout', 'billing'])),
  ]);
  const pods = await shop.pods();
  const logs = await Promise.all(
    pods.filter((pod) => pod.labels['app'] !== 'gateway').map((pod) => shop.logs(pod.name)),
  );
  const everything = [...traces.map((trace) => JSON.stringify(trace)), ...logs].join('\n');
  expect(everything).toMatch(/POST \/checkout/);
  const secrets = bought.flatMap((wanted) => [wanted.customer, wanted.key, wanted.paymentMethod]);
  secrets.push(token, token.split('.')[2]!, session.body['customer'] as string);
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
}, 30_000);
