import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startPostgresServer } from './start-server.ts';
import { UnusableData, failureSentence } from './failure-sentence.ts';

const root = mkdtempSync(join(tmpdir(), 'tuesday-pg-'));
chmodSync(root, 0o755); // The user that root lends the server must be able to pass.
const options = { folder: join(root, 'data'), port: 0, password: 'p@ss/word', log: join(root, 'postgres.log') };
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Most tests need data that exist: each test can run alone. */
beforeAll(async () => {
  const prepare = async (to: string) => void (await ask(to, 'create table whole (id int)'));
  const server = await startPostgresServer({ ...options, prepare });
  await server.stop();
}, 20_000);

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** The command lines of running processes that name a folder. */
async function commandLinesWith(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'command=']);
  return stdout.split('\n').filter((line) => line.includes(`-D ${folder}`));
}

test('When filling new data fails, then the server ends, and the next start begins with new data', async () => {
  const own = { ...options, folder: join(root, 'failed') };
  let url = '';
  const prepare = async (to: string) => {
    url = to;
    await ask(to, 'create table half (id int)');
    throw new Error('killed in the middle');
  };
  await expect(startPostgresServer({ ...own, prepare })).rejects.toThrow('killed in the middle');
  await expect(ask(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  const server = await startPostgresServer({
    ...own,
    prepare: (to) => ask(to, 'create table whole (id int)').then(() => undefined),
  });
  expect(await ask(server.url, "select tablename from pg_tables where tablename in ('half', 'whole')")).toEqual([
    'whole',
  ]);
  expect(server.fresh).toBe(true);
  await server.stop();
}, 20_000);

test('When data exist, then they are kept, not prepared again, and the server listens on 127.0.0.1 only', async () => {
  const server = await startPostgresServer({ ...options, prepare: () => Promise.reject(new Error('again')) });
  expect(server.fresh).toBe(false);
  expect(await ask(server.url, "select tablename from pg_tables where tablename = 'whole'")).toEqual(['whole']);
  expect(
    await ask(
      server.url,
      "select setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories') order by name",
    ),
  ).toEqual(['127.0.0.1', '']);
  expect(await ask(server.url, 'show fsync')).toEqual(['on']);
  await server.stop();
}, 20_000);

test('When a server is killed, then the next start takes over at once and has what was committed', async () => {
  const server = await startPostgresServer(options);
  await ask(server.url, 'insert into whole values (7)');
  server.kill('SIGKILL');
  await server.exited;
  const next = await startPostgresServer(options);
  expect(await ask(next.url, 'select id from whole')).toEqual([7]);
  await next.stop();
}, 20_000);

test('When a server still runs on the data, then the next start ends it first', async () => {
  const old = await startPostgresServer(options);
  const next = await startPostgresServer(options);
  await old.exited;
  expect(await ask(next.url, 'select 1')).toEqual([1]);
  await next.stop();
}, 20_000);

test('When the password has changed since the data were made, then one sentence says so at once, and no server is left', async () => {
  const changed = startPostgresServer({ ...options, password: 'other', passwordFrom: 'The key password of Secret db' });
  const sentence = `The key password of Secret db is not the password of the data in ${options.folder}, which is set only when they are made. Put the old password back, or end the shop and remove that folder with all its orders: the next start makes new data`;
  await expect(changed).rejects.toThrow(new UnusableData(sentence));
  expect(await commandLinesWith(options.folder)).toEqual([]);
  const server = await startPostgresServer(options);
  expect(await ask(server.url, 'select 1')).toEqual([1]);
  await server.stop();
}, 20_000);

test('When the log of the server is full, then it is moved away, as the logs of the pods', async () => {
  const log = join(root, 'full.log');
  writeFileSync(log, '');
  truncateSync(log, 10 * 1024 * 1024);
  const server = await startPostgresServer({ ...options, log });
  await server.stop();
  expect(statSync(log).size).toBeLessThan(100_000);
  expect(readFileSync(log, 'utf8')).toContain('ready to accept connections');
}, 20_000);

test('When the data are of another version of PostgreSQL, then one sentence names both and the folder', async () => {
  const file = join(options.folder, 'PG_VERSION');
  const version = readFileSync(file, 'utf8');
  writeFileSync(file, '17\n');
  await expect(startPostgresServer(options)).rejects.toThrow(
    new RegExp(
      `^PostgreSQL [\\d.]+ cannot use the data in ${options.folder}, which PostgreSQL 17 has made\\. Remove that folder .*`,
    ),
  );
  writeFileSync(file, version);
}, 20_000);

test('When a start is ended before the server is ready, then it ends at once and no server is left', async () => {
  const ending = new AbortController();
  const folder = join(root, 'ended');
  const began = performance.now();
  const started = startPostgresServer({ ...options, folder, signal: ending.signal });
  ending.abort();
  await expect(started).rejects.toThrow(/^PostgreSQL could not make its data folder|^PostgreSQL was stopped/);
  expect(performance.now() - began).toBeLessThan(5_000);
  const known = startPostgresServer({ ...options, signal: ending.signal });
  await expect(known).rejects.toThrow(/^PostgreSQL was stopped before it was ready\.$/);
  expect(await commandLinesWith(root)).toEqual([]);
}, 20_000);

test('When its port is taken, then one sentence says so and the start fails', async () => {
  const first = await startPostgresServer({ ...options, folder: join(root, 'other') });
  const port = Number(new URL(first.url).port);
  const second = startPostgresServer({ ...options, port });
  await expect(second).rejects.toThrow(
    /^PostgreSQL ended before it was ready: could not create any TCP\/IP sockets\.$/,
  );
  await first.stop();
}, 20_000);

test('When its programs run, then the guard gets each one until it has ended', async () => {
  const groups = new Map<number, string>();
  const signals: string[] = [];
  const guard = {
    add: (group: number, signal = 'KILL') => void (groups.set(group, signal), signals.push(signal)),
    remove: (group: number) => void groups.delete(group),
  };
  const server = await startPostgresServer({ ...options, folder: join(root, 'guarded'), guard });
  expect([signals, groups]).toEqual([['KILL', 'QUIT'], new Map([[server.pid, 'QUIT']])]);
  await server.stop();
  expect(groups.size).toBe(0);
  expect(readFileSync(options.log, 'utf8')).not.toContain(options.password);
}, 20_000);

test.each([
  [
    'FATAL:  could not write lock file: No space left on device',
    'it failed: the disk is full. Free some space and start again.',
  ],
  [
    "EACCES: permission denied, mkdir '/x'",
    'it failed: this user may not write there. Choose another folder with --state.',
  ],
  ['LOG: a\n2026 FATAL:  data directory is odd\nLOG: b', 'it failed: data directory is odd.'],
  ['', 'it failed: no reason given.'],
])('When PostgreSQL says %j, then the user reads one sentence', (said, expected) => {
  expect(failureSentence('it failed', said)).toBe(expected);
});
