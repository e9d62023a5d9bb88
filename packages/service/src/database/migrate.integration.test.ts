import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { configureLogger } from '../log.ts';
import { openAdmin, openUnready } from '../testing/open.ts';
import { isUnavailable } from './availability.ts';
import { type Database, openDatabase } from './database.ts';

test('When the password is wrong, then ping says so, and one line of the log says what to do', async () => {
  await using database = await freshDatabase();
  await using admin = await openAdmin(database.url);
  const role = `role_${randomBytes(6).toString('hex')}`;
  await admin.query(`create role ${role} login password 'secret'`);
  const lines: string[] = [];
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  {
    await using db = openUnready(Object.assign(new URL(database.url), { username: role, password: 'wrong' }).href);
    const said = () => lines.map((line) => JSON.parse(line) as { code: string; msg: string });
    await eventually(() => said().some(({ code }) => code === '28P01'), 15_000);
    const refused = await db.ping().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      message: `The tables are not there yet: password authentication failed for user "${role}".`,
    });
    expect(said()).toMatchObject([
      { msg: expect.stringContaining('Correct the password in the URL of this database') },
    ]);
    expect(lines.join('')).not.toMatch(/wrong|secret/);
  }
  await admin.query(`drop role ${role}`);
}, 20_000);

/** A folder with these migrations, each of which makes a table of its own; and a database that uses it. */
async function migrated(url: string, names: readonly string[], work: (db: Database) => Promise<unknown>) {
  const lines: string[] = [];
  configureLogger({ service: 's', version: 'v1', pod: 'p' }, { write: (line) => void lines.push(line) });
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  for (const name of names)
    await writeFile(join(folder, `${name}.sql`), `-- Up Migration\ncreate table t${name.slice(0, 4)} ();\n`);
  const db = openDatabase({ url, migrations: folder, name: 'test' });
  await work(db);
  await db.close();
  await rm(folder, { recursive: true });
  return lines.map((line) => JSON.parse(line) as { level: number; msg: string; migrations?: string[] });
}
const isReady = (db: Database) => eventually(() => db.ping().then(() => true));

test('When a migration comes before one that has run, then one line of the log and ping say so, with the way out, and it is not tried again', async () => {
  await using database = await freshDatabase();
  await migrated(database.url, ['0001-a', '0003-c'], isReady);
  const lines = await migrated(database.url, ['0001-a', '0002-b', '0003-c'], async (db) => {
    const said = () => db.ping().catch((error: Error) => error.message);
    await eventually(async () => /could not be made/.test(String(await said())));
    expect(await said()).toBe(
      'The tables could not be made: Not run migration 0002-b is preceding already run migration 0003-c: rename it, so that its name comes last.',
    );
  });
  expect(lines.filter(({ level }) => level >= 40)).toMatchObject([{ level: 60 }]);
});

test('When the schema is newer than the version, then it works, and one line of the log says so', async () => {
  await using database = await freshDatabase();
  await migrated(database.url, ['0001-a', '0002-b'], isReady);
  const lines = await migrated(database.url, ['0001-a'], isReady);
  expect(lines).toMatchObject([{ level: 40, migrations: ['0002-b'], msg: expect.stringContaining('newer than this') }]);
});

test('When an error is of our code or of a statement, then the database is not called away', () => {
  const withCode = (code: string) => Object.assign(new Error('x'), { code });
  expect([new TypeError('x is undefined'), new Error('circular reference'), 'text'].map(isUnavailable)).toEqual([
    false,
    false,
    false,
  ]);
  const away = [
    withCode('ECONNREFUSED'),
    withCode('ENOTFOUND'),
    withCode('EAI_AGAIN'),
    new Error('Query read timeout'),
  ];
  expect(away.map(isUnavailable)).toEqual([true, true, true, true]);
});
