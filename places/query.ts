import pg from 'pg';

/** The URL of a database of the shop, as its administrator with the demo password. */
export const databaseUrl = (host: string, port: number, database: string) =>
  `postgres://postgres:postgres@${host}:${port}/${database}`;

/**
 * Sends statements to a PostgreSQL server, one after the other on a connection of its own, and gives the rows of the last
 * one. Throws the server's error, and when the connection or a statement takes longer than `timeoutMs`.
 */
export async function query<Row extends object>(
  url: string,
  statements: readonly (string | pg.QueryConfig)[],
  timeoutMs = 60_000,
): Promise<Row[]> {
  const limits = { connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs };
  const client = new pg.Client({ connectionString: url, ...limits });
  client.on('error', () => undefined);
  try {
    await client.connect();
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
