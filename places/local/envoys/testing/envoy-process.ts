import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from '@tuesday/mesh/envoy';
import { askAdmin } from '../envoy-admin.ts';

const FLAGS =
  '--concurrency 1 --disable-hot-restart --drain-time-s 45 --drain-strategy immediate --file-flush-interval-msec 200 --reject-unknown-dynamic-fields --log-level warning';

/** A real Envoy whose bootstrap has only the address of the xDS server: `xds.sock` in `folder`, which also takes its files. */
export async function startRealEnvoy(program: string | undefined, folder: string, node: string) {
  if (program === undefined) throw new Error('There is no Envoy. The set-up step gets one, or ENVOY_PATH names it.');
  const file = (name: string) => join(folder, `${node}.${name}`);
  const options = { id: node, cluster: 'shop', adminSocket: file('admin'), xdsSocket: join(folder, 'xds.sock') };
  await writeFile(file('json'), JSON.stringify(bootstrap(options)));
  const log = openSync(file('log'), 'w');
  const child = spawn(program, ['-c', file('json'), ...FLAGS.split(' ')], { stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = once(child, 'exit');

  return {
    log: () => readFile(file('log'), 'utf8'),
    admin: async (path: string) => (await askAdmin(options.adminSocket, `GET ${path}`)).text,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
