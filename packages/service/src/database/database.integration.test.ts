import { expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Database } from '../index.ts';
import { openAdmin, openReady, openUnready, openProxy } from '../testing/open.ts';

const UNAVAILABLE = { name: 'Problem', code: 'database-unavailable' };

/** What a statement or a ping failed with. */
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => error,
  );
const countOf = async (db: Database) => (await db.query<{ n: number }>('select count(*)::int as n from things'))[0]!.n;

test('When all idle connections are terminated, then nothing fails and the next query has a new one', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url);
  await using admin = await openAdmin(database.url);
  await Promise.all(Array.from({ length: 5 }, () => db.query('select pg_sleep(0.05)')));
  expect(await admin.terminate()).toBeGreaterThanOrEqual(5);
  await eventually(async () => (await admin.others()) === 0);
  await turn();
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test.each<[string, (db: Database, cut: () => Promise<unknown>) => Promise<unknown>]>([
  [
    'while a query runs',
    async (db, cut) => {
      const running = failureOf(db.query('select pg_sleep(30)'));
      await cut();
      throw await running;
    },
  ],
  [
    'within a transaction',
    (db, cut) =>
      db.transaction(async (tx) => {
        await tx.query('insert into things values (1)');
        await cut();
        await tx.query('insert into things values (2)');
      }),
  ],
  [
    'just before the commit',
    (db, cut) =>
      db.transaction(async (tx) => {
        await tx.query('insert into things values (1)');
        await cut();
      }),
  ],
])(
  'When the connection is terminated %s, then database-unavailable, nothing is kept and the next query works',
  async (_when, work) => {
    await using database = await freshDatabase();
    await using db = await openReady(database.url, 1);
    await using admin = await openAdmin(database.url);
    const cut = async () => {
      expect(await admin.terminate()).toBeGreaterThanOrEqual(1);
      await eventually(async () => (await admin.others()) === 0);
    };
    expect(await failureOf(work(db, cut))).toMatchObject(UNAVAILABLE);
    expect(await countOf(db)).toBe(0);
  },
);

test('When the work of a transaction throws, then it is rolled back and its connection is used again', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  const refused = db.transaction(async (tx) => {
    await tx.query('insert into things values ($1)', [1]);
    throw new Error('no');
  });
  await expect(refused).rejects.toThrow('no');
  expect(await countOf(db)).toBe(0);
});

test('When a statement is wrong, then its own error is thrown and its transaction rolled back', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  const twice = db.transaction(async (tx) => {
    await tx.query('insert into things values (1)');
    await tx.query('insert into things values (1)');
  });
  expect(await failureOf(twice)).toMatchObject({ name: 'error', code: '23505' });
  expect(await countOf(db)).toBe(0);
});

test('When the tables are not there yet, then ping throws; once they are, it does not', async () => {
  await using database = await freshDatabase();
  await using admin = await openAdmin(database.url);
  await admin.query('select pg_advisory_lock(7102019)'); // another replica is at it
  await using db = openUnready(database.url);
  await eventually(async () => (await admin.others()) === 1);
  expect(await failureOf(db.ping())).toMatchObject(UNAVAILABLE);
  await admin.query('select pg_advisory_unlock(7102019)');
  await eventually(async () => (await failureOf(db.ping())) === 'none');
  expect(await countOf(db)).toBe(0);
});

test('When another replica is still making the tables, then closing does not wait for it', async () => {
  await using database = await freshDatabase();
  await using admin = await openAdmin(database.url);
  await admin.query('select pg_advisory_lock(7102019)');
  const db = openUnready(database.url);
  await eventually(async () => (await admin.others()) === 1);
  await db.close();
}, 10_000);

test('When every connection is busy and the database has just answered, then ping does not wait for one', async () => {
  await using database = await freshDatabase();
  await using db = await openReady(database.url, 1);
  const pinged = await db.transaction(async (tx) => {
    await tx.query('select 1');
    return failureOf(db.ping());
  });
  expect(pinged).toBe('none');
});

test('When the server is gone, then ping throws within two seconds, and no longer once it is back', async () => {
  await using database = await freshDatabase();
  await using proxy = await openProxy(database.url);
  await using db = await openReady(proxy.url);
  await proxy.set('killed');
  const failure = await eventually(async () => {
    const found = await failureOf(db.ping());
    return found !== 'none' && found;
  }, 2_000);
  expect(failure).toMatchObject(UNAVAILABLE);
  await proxy.set(undefined);
  await eventually(async () => (await failureOf(db.ping())) === 'none');
});

test('When five replicas start at once on an empty database, then its tables are made once and all are ready', async () => {
  await using database = await freshDatabase();
  await using replicas = new AsyncDisposableStack();
  const all = Array.from({ length: 5 }, () => replicas.use(openUnready(database.url)));
  await eventually(async () => (await Promise.all(all.map((db) => failureOf(db.ping())))).every((it) => it === 'none'));
  expect(await all[4]!.query('select name from pgmigrations order by id')).toEqual([
    { name: '0001-things' },
    { name: '0002-owners' },
  ]);
});

test('When the server has no connection left, then database-unavailable, and the tables are made as soon as it has one', async () => {
  await using database = await freshDatabase();
  await using admin = await openAdmin(database.url);
  const role = `role_${randomBytes(6).toString('hex')}`;
  await admin.query(`create role ${role} login password 'secret' connection limit 0`);
  await admin.query(`grant create on schema public to ${role}`);
  const url = Object.assign(new URL(database.url), { username: role, password: 'secret' }).href;
  {
    await using db = openUnready(url, 1);
    expect(await failureOf(db.query('select 1'))).toMatchObject(UNAVAILABLE);
    await admin.query(`alter role ${role} connection limit 5`);
    await eventually(async () => (await failureOf(db.ping())) === 'none');
  }
  await admin.query(`drop owned by ${role}`);
  await admin.query(`drop role ${role}`);
});

test('When a connection is never idle for long, then it is still closed after 30 s', async () => {
  await using database = await freshDatabase();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  try {
    await using db = openUnready(database.url, 1);
    const pid = async () => (await db.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid;
    const first = await pid();
    jest.advanceTimersByTime(29_900);
    expect(await pid()).toBe(first);
    jest.advanceTimersByTime(200);
    expect(await pid()).not.toBe(first);
  } finally {
    jest.useRealTimers();
  }
});
