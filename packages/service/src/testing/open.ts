import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type FaultProxy, startFaultProxy } from '../../../../test/faults/fault-proxy.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { type Database, openDatabase } from '../database/database.ts';

/** Two migrations that cannot be done twice: they make the tables `things` and `owners`. */
export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

/** A database whose tables are there, closed when it is disposed of. `max`: connections of the pool. */
export async function openReady(url: string, max = 10): Promise<Database & AsyncDisposable> {
  const db = openUnready(url, max);
  await eventually(() => db.ping().then(() => true));
  return db;
}

/** The same without waiting. */
export function openUnready(url: string, max = 10): Database & AsyncDisposable {
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'test', max });
  return { ...db, [Symbol.asyncDispose]: () => db.close() };
}

/** Another client of the same database, on one connection. */
export async function openAdmin(url: string) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // a test that failed has its database dropped under it
  await client.connect();
  const query = async (sql: string) => (await client.query(sql)).rows;
  return {
    query,
    /** How many other connections there are. */
    others: async (): Promise<number> => (await query(`select 1 from pg_stat_activity where ${OTHERS}`)).length,
    /** Ends all other connections, as an administrator does. */
    terminate: async (): Promise<number> =>
      (await query(`select pg_terminate_backend(pid) from pg_stat_activity where ${OTHERS}`)).length,
    [Symbol.asyncDispose]: () => client.end(),
  };
}

const OTHERS = "datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";

/** A proxy before the same database, for faults of the server or of the way to it. */
export async function openProxy(url: string): Promise<FaultProxy & { url: string }> {
  const far = new URL(url);
  const proxy = await startFaultProxy(Number(far.port));
  return { ...proxy, url: Object.assign(far, { port: proxy.port }).href };
}
