import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isUnavailable } from './availability.ts';
import { log } from '../log.ts';
import { reasonOf } from '../reason.ts';

/** Serialises the migrations of several replicas that start together. Any number, the same in all replicas. */
const LOCK = 7_102_019;

type Migration = { url: string; folder: string; name: string; signal: AbortSignal };

/** After so many attempts, about five seconds, a failure is no longer that of a server that is starting. */
const PATIENCE = 10;

/** What to do about a database that answers and refuses, by SQLSTATE. */
const WAYS_OUT: Record<string, string> = {
  '28P01': 'Correct the password in the URL of this database, or create its role with that password.',
  28000: 'Create the role, or correct the user in the URL of this database.',
  '3D000': 'Create the database, or correct its name in its URL.',
};

/**
 * Brings a database up to date from a folder of .sql files (node-pg-migrate), with a retry every 100 ms, and less often
 * later, until the server runs: `onFailure` gets the reason of each attempt, and one line of the log has that of the tenth,
 * with the way out. Several replicas may do so at once. Rejects when a migration itself is wrong, or comes before one that has run.
 */
export async function migrate({
  onFailure,
  ...migration
}: Migration & { onFailure(reason: string): void }): Promise<void> {
  const { signal } = migration;
  for (let pause = 100, attempt = 1; !signal.aborted; pause = Math.min(pause * 1.5, 1_000), attempt++) {
    try {
      return await migrateOnce(migration);
    } catch (error) {
      if (signal.aborted) return;
      if (!isUnavailable(error)) throw withWayOut(error as Error);
      const { code = '' } = error as Error & { code?: string };
      const reason = reasonOf(error);
      onFailure(reason);
      if (attempt === PATIENCE)
        log().error(
          { database: migration.name, reason, code },
          `The database is not available. ${WAYS_OUT[code] ?? 'It is asked again every second.'}`,
        );
    }
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** The words of node-pg-migrate for a migration whose name comes before that of one that has run. */
const withWayOut = (error: Error): Error =>
  /is preceding already run/.test(error.message)
    ? new Error(`${error.message}: rename it, so that its name comes last`)
    : error;

async function migrateOnce({ url, folder, signal }: Migration): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeLock(client, signal);
    if (await upToDate(client, folder)) return;
    const { runner } = await import('node-pg-migrate');
    const quiet = {
      debug: () => undefined,
      info: () => undefined,
      warn: (text: string) => log().warn(text),
      error: (text: string) => log().error(text),
    };
    await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: 'pgmigrations',
      count: Infinity,
      noLock: true,
      logger: quiet,
    });
  } finally {
    await client.end();
  }
}

/** Waits for the lock until the signal at most: another replica's migration may take minutes. */
async function takeLock(client: pg.Client, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const giveUp = () => void client.end();
  signal.addEventListener('abort', giveUp);
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  signal.removeEventListener('abort', giveUp);
}

/** Whether every file has its row: then the migration library, 8 MiB of it, need not be loaded. */
async function upToDate(client: pg.Client, folder: string): Promise<boolean> {
  const { readdir } = await import('node:fs/promises');
  const wanted = (await readdir(folder))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.replace(/\.sql$/, ''));
  const { rows } = await client.query<{ found: string | null }>("select to_regclass('pgmigrations')::text as found");
  if (!rows[0]?.found) return false;
  const done = await client.query<{ name: string }>('select name from pgmigrations');
  const names = new Set(done.rows.map(({ name }) => name));
  const unknown = [...names].filter((name) => !wanted.includes(name));
  if (unknown.length > 0)
    log().warn(
      { migrations: unknown },
      'The schema is newer than this version, which works as long as it was only added to. Update this version.',
    );
  return wanted.every((name) => names.has(name));
}
