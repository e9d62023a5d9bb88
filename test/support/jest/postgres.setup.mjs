import { join } from 'node:path';
import { startPostgresServer } from '../../../places/local/postgres/start-server.ts';
import makeRunFolder from './run-folder.setup.mjs';

/** Starts one real PostgreSQL for a whole run of integration tests, or takes that of many runs (test/mutants); `database.ts` makes databases in it. */
export default async function startPostgres() {
  const above = await makeRunFolder();
  if (process.env['TEST_POSTGRES_URL']) return;
  const server = await startPostgresServer({
    folder: join(above, 'data'),
    port: 0,
    password: 'postgres',
    log: join(above, 'postgres.log'),
  });
  process.env['TEST_POSTGRES_URL'] = server.url;
  globalThis.stopTestPostgres = () => server.stop();
}
