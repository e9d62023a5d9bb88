import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { bootstrap } from '@tuesday/mesh/envoy';

const FLAGS =
  '--concurrency 1 --disable-hot-restart --drain-time-s 45 --drain-strategy immediate --file-flush-interval-msec 200 --reject-unknown-dynamic-fields --log-level warning';

/** A real Envoy that knows nothing but where to ask. `folder` takes its files; the socket of discovery is `xds.sock` in it. */
export async function startRealEnvoy(program: string | undefined, folder: string, node: string) {
  if (program === undefined) throw new Error('There is no Envoy. The set-up step gets one, or ENVOY_PATH names it.');
  const path = (name: string) => join(folder, `${node}.${name}`);
  const options = { id: node, cluster: 'shop', adminSocket: path('admin'), xdsSocket: join(folder, 'xds.sock') };
  await writeFile(path('json'), JSON.stringify(bootstrap(options)));
  const log = openSync(path('log'), 'w');
  const child = spawn(program, ['-c', path('json'), ...FLAGS.split(' ')], { stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = once(child, 'exit');

  return {
    log: () => readFile(path('log'), 'utf8'),
    admin: (what: string) => ask(options.adminSocket, what),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function ask(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text));
    });
    asked.on('error', reject);
    asked.end();
  });
}
