import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '../../../places/local/postgres/start-server.ts';

/**
 * Starts one real PostgreSQL for a whole run of unit tests; `database.ts` makes databases in it. The tests' temporary
 * folders are below the same folder, which is removed at the end.
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
  await chmod(above, 0o711); // root runs PostgreSQL as another user, who must be able to enter
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    await rm(above, { recursive: true, force: true });
  };
}
