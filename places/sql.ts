import pg from 'pg';

/** Runs one statement as the administrator of the demo's PostgreSQL, and gives its rows. */
export async function query<Row extends object>(options: {
  host: string;
  port: number;
  database: string;
  text: string;
  values: unknown[] | undefined;
}): Promise<Row[]> {
  const { host, port, database, text, values } = options;
  const client = new pg.Client({ host, port, user: 'postgres', password: 'postgres', database });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
