import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTracing, tracing } from '@tuesday/service';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { deliverOutbox } from './outbox.ts';
import { openBench, newPurchase } from '../testing/bench.ts';
import { recommendationsReply } from '../testing/fake-service.ts';

const database = await freshDatabase();
const bench = await openBench(database.url);
const untraced = tracing();
beforeEach(async () => {
  bench.recommendations.reply = recommendationsReply;
  bench.recommendations.requests.length = 0;
  await bench.db.query('truncate orders, idempotency, outbox');
});
afterEach(() => setTracing(untraced));
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const round = () => deliverOutbox(bench.db, bench.callees.recommendations, 30_000);
const delivered = () => bench.recommendations.requests.map(({ body }) => (body as { orderId: string }).orderId);
const waiting = () =>
  bench.db.query<{ attempts: number; pause: number }>(
    'select attempts, extract(epoch from next_attempt_at - now())::float as pause from outbox where delivered_at is null',
  );

async function fill(count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await bench.db.query(
    `with made as (insert into orders (id, customer_id, status, items, currency, amount_minor)
       select id, 'a customer', 'confirmed', '[]', 'NOK', 100 from unnest($1::uuid[]) as id returning id)
     insert into outbox (order_id, skus) select id, '{stove}' from made`,
    [ids],
  );
}

test('When an event waits, then it is delivered once and marked', async () => {
  const { body } = await bench.buy(newPurchase());
  bench.recommendations.requests.length = 0;
  expect([await round(), await round()]).toEqual([
    { more: false, done: 1, failed: 0 },
    { more: false, done: 0, failed: 0 },
  ]);
  expect(bench.recommendations.requests).toMatchObject([
    { method: 'POST', path: '/purchases', body: { orderId: body.order!.id, skus: ['headlamp'] } },
  ]);
  expect(await waiting()).toEqual([]);
});

test('When two instances deliver at once, then they share the work and deliver each event once', async () => {
  await fill(40);
  const both = Promise.withResolvers<void>();
  // No answer until more has arrived than one instance delivers at a time: an instance that waits for the other's
  // rows, instead of skipping them, never lets that happen.
  bench.recommendations.reply = async (asked) => {
    if (bench.recommendations.requests.length > 20) both.resolve();
    await both.promise;
    return recommendationsReply(asked);
  };
  await Promise.all([round(), round()]);
  expect(delivered()).toHaveLength(40);
  expect(new Set(delivered()).size).toBe(40);
  expect(await waiting()).toEqual([]);
});

test('When an event cannot be delivered, then it is tried again later and later, and holds up no other', async () => {
  await fill(2);
  const [unlucky] = (await bench.db.query<{ order_id: string }>('select order_id from outbox order by id')).map(
    ({ order_id }) => order_id,
  );
  bench.recommendations.reply = (asked) =>
    (asked.body as { orderId: string }).orderId === unlucky ? { status: 503, body: {} } : recommendationsReply(asked);
  for (let attempt = 1; attempt <= 4; attempt++) {
    const start = performance.now();
    await round();
    const [event] = await waiting();
    const seconds = (performance.now() - start) / 1000;
    expect(event!.attempts).toBe(attempt);
    // What is left of the pause, of which up to a half is random: it began after `start`, and a part of it is over.
    const pause = 0.2 * 2 ** (attempt - 1);
    expect(event!.pause).toBeLessThanOrEqual(pause + 0.01);
    expect(event!.pause).toBeGreaterThanOrEqual(pause / 2 - seconds - 0.01);
    await bench.db.query('update outbox set next_attempt_at = now()');
  }
  expect(delivered().filter((id) => id !== unlucky)).toHaveLength(1);
});

test('When recommendations refuses an event as wrong, then it is parked and not tried again, and holds up no other', async () => {
  await fill(2);
  let first: string | undefined;
  bench.recommendations.reply = (asked) =>
    (asked.body as { orderId: string }).orderId === (first ??= (asked.body as { orderId: string }).orderId)
      ? { status: 422, body: {} }
      : recommendationsReply(asked);
  expect(await round()).toMatchObject({
    done: 1,
    failed: 1,
    reason: { message: 'recommendations answered 422.' },
  });
  await bench.db.query('update outbox set next_attempt_at = now()');
  expect(await round()).toEqual({ more: false, done: 0, failed: 0 });
  expect(await bench.db.query('select parked_because as because from outbox where parked_at is not null')).toEqual([
    { because: 'recommendations answered 422.' },
  ]);
  expect(await waiting()).toHaveLength(1);
});

test.each([401, 403, 404, 500, 503])(
  'When recommendations answers %d, which a person can mend, then the event is not parked',
  async (status) => {
    await fill(1);
    bench.recommendations.reply = () => ({ status, body: {} });
    expect(await round()).toMatchObject({ failed: 1 });
    expect(await bench.db.query('select 1 from outbox where parked_at is not null')).toEqual([]);
  },
);

test('When an event is not due yet, then it is left alone', async () => {
  await fill(1);
  await bench.db.query(`update outbox set next_attempt_at = now() + interval '1 minute'`);
  await round();
  expect(delivered()).toEqual([]);
});

test('When a batch is full, then there may be more', async () => {
  await fill(21);
  expect([(await round()).more, (await round()).more, await waiting()]).toEqual([true, false, []]);
});

test('When a purchase was traced, then its delivery continues the same trace', async () => {
  const continued: (string | undefined)[] = [];
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  setTracing({
    ids: () => ({}),
    traceparent: () => traceparent,
    continue: (kept, _name, work) => (continued.push(kept), work()),
    flush: async () => undefined,
  });
  await bench.buy(newPurchase());
  await round();
  expect(continued).toEqual([traceparent]);
});

test('When the service runs, then a confirmed order is reported without a request', async () => {
  const idle = await openBench(database.url);
  try {
    await idle.service.start();
    const { body } = await idle.buy(newPurchase());
    await eventually(async () =>
      idle.recommendations.requests.some(
        ({ method, body: sent }) => method === 'POST' && (sent as { orderId: string }).orderId === body.order!.id,
      ),
    );
  } finally {
    await idle[Symbol.asyncDispose]();
  }
});
