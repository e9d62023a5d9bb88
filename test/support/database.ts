import { randomBytes } from 'node:crypto';
import { query } from '../../places/query.ts';

/** A new, empty database on the real server that the test run shares; dropped when it is disposed of. */
export interface FreshDatabase extends AsyncDisposable {
  /** `postgres://…` of a role that owns the database. */
  url: string;
}

/** Makes an empty database. Throws if the run was started without `postgres.setup.mjs`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server)
    throw new Error(
      'No test PostgreSQL: only integration tests (foo.integration.test.ts) have one. Rename the file, or start it by: npm test -- PATH',
    );
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(server, [`create database ${name}`]);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () => void (await query(server, [`drop database if exists ${name} with (force)`])),
  };
}
