import pg from 'pg';

/**
 * Sends statements to a PostgreSQL server, one after the other on a connection of its own, and gives the rows of the last
 * one. Throws the server's error, and when it does not accept the connection within `timeoutMs` (no limit without it).
 */
export async function query(url: string, statements: readonly string[], timeoutMs?: number): Promise<object[]> {
  const client = new pg.Client({ connectionString: url, ...(timeoutMs && { connectionTimeoutMillis: timeoutMs }) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    let rows: object[] = [];
    for (const statement of statements) ({ rows } = await client.query<object>(statement));
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
