import { expect, test } from '@jest/globals';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { withContext } from '../index.ts';
import { openAdmin, openProxy, openReady } from '../testing/open.ts';

/** What something failed with, and after how many milliseconds. */
async function failureOf(work: () => Promise<unknown>): Promise<{ code: string; ms: number }> {
  const start = performance.now();
  const code = await work().then(
    () => 'none',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
  return { code, ms: performance.now() - start };
}

const BUDGET_MS = 300;
const within = <T>(work: () => Promise<T>) => withContext(BUDGET_MS, work);

test.each([
  ['a statement', (db) => db.query('select 1')],
  ['a transaction', (db) => db.transaction((tx) => tx.query('insert into things values (1)'))],
] satisfies [string, (db: Awaited<ReturnType<typeof openReady>>) => Promise<unknown>][])(
  'When the server is frozen, then %s fails when the budget is spent, and the next one works when it runs again',
  async (_what, work) => {
    await using database = await freshDatabase();
    await using proxy = await openProxy(database.url);
    await using db = await openReady(proxy.url, 2);
    await proxy.set('frozen');
    const failures = await Promise.all(Array.from({ length: 6 }, () => failureOf(() => within(() => work(db)))));
    for (const { code, ms } of failures) {
      expect(code).toBe('deadline-exceeded');
      expect(ms).toBeLessThan(BUDGET_MS + 100);
    }
    await proxy.set(undefined);
    await eventually(async () => (await failureOf(() => within(() => work(db)))).code === 'none');
  },
);

test('When a statement was given up, then its connection is not used again', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  await using admin = await openAdmin(database.url);
  const pid = async () => (await db.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
  const before = await pid();
  const { code, ms } = await failureOf(() => within(() => db.query('select pg_sleep(20)')));
  expect([code, ms < BUDGET_MS + 100]).toEqual(['deadline-exceeded', true]);
  expect(await pid()).not.toBe(before);
  await admin.terminate();
});

test('When the budget is spent before there is a connection, then nothing is written', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  const holding = db.transaction((tx) => tx.query('select pg_sleep(0.6)'));
  const { code } = await failureOf(() => within(() => db.query('insert into things values (7)')));
  expect(code).toBe('deadline-exceeded');
  await holding;
  expect(await db.query('select 1 from things')).toEqual([]);
});

test('When the queue is longer than the budget, then a request is refused at once, and none is when the work is done', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  const slow = () => db.query('select pg_sleep(0.2)');
  for (let round = 0; round < 12; round++) await slow(); // the average hold becomes known
  const queue = Array.from({ length: 5 }, slow);
  const { code, ms } = await failureOf(() => within(() => db.query('select 1')));
  expect([code, ms < 100]).toEqual(['overloaded', true]);
  await Promise.all(queue);
  expect((await failureOf(() => within(() => db.query('select 1')))).code).toBe('none');
}, 20_000);
