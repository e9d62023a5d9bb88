import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '../../../places/local/postgres/start-server.ts';

/**
 * Starts one real PostgreSQL for a whole run of unit tests; `database.ts` makes a database in it for each test that asks.
 * Temporary folders of the tests go where the run ends with them.
 */
export default async function startPostgres() {
  const above = await mkdtemp(join(tmpdir(), 'tuesday-unit-'));
  const folder = join(above, 'data');
  const server = await startPostgresServer({
    folder,
    port: 0,
    password: 'postgres',
    log: join(folder, '..', 'postgres.log'),
  });
  process.env['TEST_POSTGRES_URL'] = server.url;
  process.env['TMPDIR'] = join(above, 't');
  await mkdir(process.env['TMPDIR']);
  await chmod(above, 0o711); // root lends PostgreSQL another user, which must pass through
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    await rm(above, { recursive: true, force: true });
  };
}
