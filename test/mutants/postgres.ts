import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgresServer } from '../../places/local/postgres/start-server.ts';
import type { Guard } from '../../places/local/processes/guard.ts';

/** Starts one PostgreSQL for all runs of jest: a new one for each would take a second. Its data go when it is disposed of. */
export async function startSharedPostgres(guard: Guard): Promise<AsyncDisposable & { url: string }> {
  const above = await mkdtemp(join(tmpdir(), 'tuesday-mutants-data-'));
  await chmod(above, 0o711); // root runs PostgreSQL as another user, who must be able to enter
  const folder = join(above, 'data');
  const log = join(above, 'postgres.log');
  const server = await startPostgresServer({ folder, port: 0, password: 'postgres', log, guard });
  return {
    url: server.url,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(above, { recursive: true, force: true });
    },
  };
}
