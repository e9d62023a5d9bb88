import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Guard } from '../processes/guard.ts';
import { isAlive, sendSignal, sendSignalToGroup } from '../../../setup/processes/signal.mjs';
import { readProcess } from '../processes/proc.ts';
import type { RunAs } from './files.ts';
import { failureSentence } from './failure-sentence.ts';

/** The file that marks complete data. */
const MARK = 'tuesday-initialised';

export const isInitialised = (data: string): boolean => existsSync(join(data, MARK));
export const markInitialised = (data: string): Promise<void> => writeFile(join(data, MARK), '');

export interface Initialise {
  /** Folder with initdb. */
  programs: string;
  data: string;
  password: string;
  user: RunAs | undefined;
  guard?: Pick<Guard, 'add' | 'remove'>;
  /** Once aborted, it ends at once. */
  signal?: AbortSignal | undefined;
}

/** How long initdb may take, in ms; it takes about one second. */
const INITDB_MS = 60_000;

/** Makes new data, and first removes those of an earlier attempt that failed. Throws one sentence when it cannot. */
export async function initialise({ programs, data, password, user, guard, signal }: Initialise): Promise<void> {
  const secret = `${data}.password`;
  const what = `PostgreSQL could not make its data folder ${data}`;
  const make = async () => {
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { mode: 0o700 });
    await writeFile(secret, password, { mode: 0o600 });
    if (user) for (const path of [data, secret]) await chown(path, user.uid, user.gid);
  };
  await make().catch((error: Error) => {
    throw new Error(failureSentence(what, error.message));
  });
  const settings = ['-U', 'postgres', '-A', 'scram-sha-256', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const args = ['-D', data, `--pwfile=${secret}`, ...settings];
  const child = spawn(join(programs, 'initdb'), args, { ...user, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  if (child.pid) guard?.add(child.pid);
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const limit = AbortSignal.any([AbortSignal.timeout(INITDB_MS), ...(signal ? [signal] : [])]);
  limit.addEventListener('abort', () => sendSignalToGroup(child.pid, 'SIGKILL'), { once: true });
  if (limit.aborted) sendSignalToGroup(child.pid, 'SIGKILL');
  const [code] = (await once(child, 'close').catch((error: Error) => [(output = error.message)])) as [number | string];
  if (child.pid) guard?.remove(child.pid);
  await rm(secret, { force: true });
  if (code === 0) return;
  await rm(data, { recursive: true, force: true });
  throw new Error(failureSentence(what, output));
}

/**
 * Ends the server of a killed runner, by its pid file. If another program has that pid now, only the file is removed,
 * because PostgreSQL would not start with it. If no process has the pid, PostgreSQL itself handles the file: it makes
 * sure that no backend of the old server still uses the data.
 */
export async function endOldServer(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n', 1)[0]);
  if (!isAlive(pid)) return;
  if (!commandOf(pid).includes(data)) return rm(file, { force: true });
  sendSignal(pid, 'SIGQUIT');
  for (const until = performance.now() + 6_000; isAlive(pid); await wait(20))
    if (performance.now() > until) return void sendSignal(pid, 'SIGKILL');
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return readProcess(pid, 'cmdline');
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8', timeout: 5_000 });
  } catch {
    return '';
  }
}
