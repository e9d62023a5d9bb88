import pg from 'pg';
import { CONNECT_MS, onConnection, rethrow, withinBudget } from './connection.ts';
import { Problem } from '../errors.ts';
import { log } from '../log.ts';
import { reasonOf } from '../reason.ts';
import { migrate } from './migrate.ts';
import { statementName } from './statement-name.ts';
import { tracing } from '../tracing/current.ts';
import { DATABASE_CONNECTIONS } from './variables.ts';

/** For how many milliseconds after an answer the database counts as available: a busy pool has no free connection for a probe. */
const FRESH_MS = 1_000;

/** Something that runs SQL: the pool, or one transaction. */
export interface Queryable {
  /** The rows. Throws Problem database-unavailable when the connection is lost, and pg's own error for a fault in the statement. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  /** Does `work` on one connection, after waiting for one: each statement is a transaction of its own. */
  connected<T>(work: (on: Queryable) => Promise<T>): Promise<T>;
  /** Does `work` in one transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Throws when the database cannot be reached or its tables are not there yet. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** `migrations`: a folder of .sql files; `max`: how many connections. */
type DatabaseOptions = { url: string; migrations: string; name: string; max?: number };

/**
 * Opens a pool and migrates the tables in the background, and retries until the server runs: a pod may start before its
 * database does. Until then `ping` throws and the pod is not ready.
 *
 * Connections are closed after 30 s: after a policy change proxies close those that are older than their drain of 45 s.
 */
export function openDatabase({ url, migrations, name, max = DATABASE_CONNECTIONS }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 30,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: 5_000,
    keepAlive: true,
  });
  // Without this listener, one lost idle connection would end the process.
  pool.on('error', (error) => log().warn({ reason: error }, 'idle database connection lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const stopping = new AbortController();
  /** Why the tables are not there; undefined once they are. */
  let missing: string | undefined = 'The tables are not there yet.';
  const onFailure = (reason: string) => (missing = `The tables are not there yet: ${reason}.`);
  const migrating = migrate({ url, folder: migrations, name, signal: stopping.signal, onFailure });
  migrating.then(
    () => (missing = undefined),
    (error: Error) => {
      missing = `The tables could not be made: ${reasonOf(error)}.`;
      log().fatal({ err: error }, 'migrations failed');
    },
  );

  let answeredAt = -Infinity;
  const on = (client: pg.PoolClient): Queryable => ({
    query: async function query(sql, values) {
      const rows = await run(client, sql, values);
      answeredAt = performance.now();
      return rows as never;
    },
  });
  const connected: Database['connected'] = (work) => onConnection(pool, (client) => work(on(client)));
  const query: Database['query'] = (sql, values) => connected((client) => client.query(sql, values));

  return {
    query,
    connected,
    transaction: (work) => onConnection(pool, (client) => inTransaction(client, on(client), work)),
    ping: async function ping() {
      if (missing) throw new Problem('database-unavailable', { detail: missing });
      if (performance.now() - answeredAt > FRESH_MS) await query('select 1');
    },
    close: async function close() {
      stopping.abort();
      await migrating.catch(() => undefined);
      await pool.end();
    },
  };
}

async function inTransaction<T>(client: pg.PoolClient, tx: Queryable, work: (tx: Queryable) => Promise<T>): Promise<T> {
  try {
    await tx.query('begin');
    const result = await work(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot roll back does not return to the pool.
    await tx.query('rollback').catch(() => client.end());
    throw error;
  }
}

async function run<Row extends object>(client: pg.PoolClient, sql: string, values?: unknown[]): Promise<Row[]> {
  const work = () =>
    withinBudget(client, (query_timeout) =>
      client
        .query<Row>({ text: sql, ...(values && { values, name: statementName(sql) }), query_timeout } as pg.QueryConfig)
        .then((result) => result.rows),
    );
  const { query } = tracing();
  return (query ? query(sql, work) : work()).catch(rethrow);
}
