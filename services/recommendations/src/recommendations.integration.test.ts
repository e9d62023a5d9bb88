import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createService, openDatabase } from '@tuesday/service';
import fc from 'fast-check';
import request from 'supertest';
import { freshDatabase } from '../../../test/support/database.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { recommendationsSchema } from './contract.ts';
import { purchasesIn } from './purchases.ts';
import { retentionRound } from './retention.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const database = await freshDatabase();
const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
const db = openDatabase({ url: database.url, migrations, name: 'recommendations-test' });
const purchases = purchasesIn(db);
await eventually(() => db.ping().then(() => true));
const seeded = await purchases.mostBought({ except: [], limit: 12 });

beforeEach(() => db.query('truncate purchases'));
afterAll(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
});

const versions = { v1, v2 };
function appOf(version: 'v1' | 'v2') {
  const config = { name: 'recommendations', version, pod: 'test', port: 0 };
  return createService({
    config,
    routes: routes({ purchases, rank: versions[version].rank }),
    ready: () => db.ping(),
  }).app;
}
const buy = (...skus: string[]) => purchases.record({ orderId: randomUUID(), skus });

test('When the shop opens, then it has something to recommend', () => {
  expect(seeded.length).toBeGreaterThan(4);
});

describe.each(['v1', 'v2'] as const)('%s', (version) => {
  test('When the basket is known, then the answer is as the contract says, without the basket, at most as long as asked', async () => {
    await buy('tent-2p', 'stove', 'headlamp');
    await buy('tent-2p', 'stove', 'thermos');
    const { status, body } = await request(appOf(version)).get('/recommendations?sku=tent-2p&limit=2');
    expect(status).toBe(200);
    const { recommendations } = recommendationsSchema.parse(body);
    expect(recommendations.map(({ sku }) => sku)).toEqual(['stove', 'headlamp']);
    expect(body.servedBy).toMatchObject({ service: 'recommendations', version });
  });

  test('When nothing was ever bought, then the catalogue is recommended without the basket, and the reason says so', async () => {
    const { body } = await request(appOf(version)).get('/recommendations?sku=tent-2p&sku=sleeping-bag&limit=2');
    const reason = 'from the catalogue';
    expect(body.recommendations).toEqual([
      { sku: 'tent-4p', reason },
      { sku: 'sleeping-mat', reason },
    ]);
  });

  test('When the latest orders hold nothing but the basket, then the catalogue is recommended', async () => {
    await buy('tent-2p');
    const { body } = await request(appOf(version)).get('/recommendations?sku=tent-2p');
    expect(body.recommendations).toHaveLength(4);
    expect(body.recommendations[0]).toEqual({ sku: 'tent-4p', reason: 'from the catalogue' });
  });

  test.each(['', '?sku=cookset'])(
    'When nothing was bought together with %j, then what is popular is',
    async (query) => {
      await buy('thermos', 'wool-base');
      await buy('thermos', 'stove');
      const { body } = await request(appOf(version)).get(`/recommendations${query}`);
      expect(body.recommendations[0]).toEqual({ sku: 'thermos', reason: 'in 2 orders' });
    },
  );

  test.each(['limit=0', 'limit=13', 'limit=x', 'sku=NOT%20A%20SKU', 'unknown=1'])(
    'When the query is %s, then 400',
    async (query) => {
      const { status, body } = await request(appOf(version)).get(`/recommendations?${query}`);
      expect([status, body.code]).toEqual([400, 'invalid-request']);
    },
  );

  test('When an order is reported twice, then it is counted once', async () => {
    const order = { orderId: randomUUID(), skus: ['stove'] };
    const first = await request(appOf(version)).post('/purchases').send(order);
    const again = await request(appOf(version)).post('/purchases').send(order);
    expect([first.status, first.body.counted, again.status, again.body.counted]).toEqual([202, true, 202, false]);
    expect(await purchases.mostBought({ except: [], limit: 12 })).toEqual([{ sku: 'stove', orders: 1 }]);
  });

  test.each([
    [{}],
    [{ orderId: 'x', skus: ['stove'] }],
    [{ orderId: randomUUID(), skus: [] }],
    [{ orderId: randomUUID(), skus: ['stove'], more: 1 }],
  ])('When a purchase is %j, then 400', async (body) => {
    expect((await request(appOf(version)).post('/purchases').send(body)).status).toBe(400);
  });
});

test('When versions rank, then v1 goes by popularity and v2 by what was bought together', async () => {
  await buy('thermos', 'wool-base');
  await buy('thermos', 'wool-base');
  await buy('tent-2p', 'stove');
  const first = async (version: 'v1' | 'v2') =>
    (await request(appOf(version)).get('/recommendations?sku=tent-2p&limit=1')).body.recommendations[0];
  expect(await first('v1')).toEqual({ sku: 'thermos', reason: 'in 2 orders' });
  expect(await first('v2')).toEqual({ sku: 'stove', reason: 'bought together once' });
});

test('When orders are counted in SQL, then it is what counting them by hand gives', async () => {
  const sku = fc.constantFrom<string>('tent-2p', 'stove', 'headlamp', 'thermos', 'cookset');
  const order = fc.uniqueArray(sku, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { maxLength: 12 }),
      fc.uniqueArray(sku, { maxLength: 2 }),
      async (orders, basket) => {
        await db.query('truncate purchases');
        for (const skus of orders) await buy(...skus);
        const count = (wanted: (skus: string[]) => boolean) => {
          const counts = new Map<string, number>();
          for (const skus of orders.filter(wanted))
            for (const one of skus) if (!basket.includes(one)) counts.set(one, (counts.get(one) ?? 0) + 1);
          return [...counts]
            .map(([name, times]) => ({ sku: name, orders: times }))
            .sort((a, b) => b.orders - a.orders || (a.sku < b.sku ? -1 : 1));
        };
        const together = count((skus) => skus.some((one) => basket.includes(one)));
        expect(await purchases.mostBought({ except: basket, limit: 12 })).toEqual(count(() => true));
        expect(await purchases.boughtTogether({ basket, limit: 12 })).toEqual(together);
      },
    ),
    { numRuns: 30 },
  );
});

test('When there are more purchases than are kept, then the oldest go, a batch in a round', async () => {
  await db.query(
    `insert into purchases (order_id, skus) select gen_random_uuid(), '{stove}' from generate_series(1, 2500)`,
  );
  const { id: latest } = (await db.query<{ id: string }>('select max(id) as id from purchases'))[0]!;
  const rounds = [await retentionRound(db, 1_000), await retentionRound(db, 1_000), await retentionRound(db, 1_000)];
  expect(rounds).toEqual([
    { more: true, done: 1_000, failed: 0 },
    { more: false, done: 500, failed: 0 },
    { more: false, done: 0, failed: 0 },
  ]);
  const [left] = await db.query('select count(*)::int as n, max(id) as id from purchases');
  expect(left).toEqual({ n: 1_000, id: latest });
});
