import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who runs the shop of a state folder. */
export interface RunnerFile {
  pid: number;
  /** What the system says about when that process began: a pid alone may be somebody else's by now. */
  born: string;
  startedAt: string;
  url: string;
}

/** The runner of a state folder that is alive, or undefined. A file that a killed runner left behind does not count. */
export function readRunner(state: string): RunnerFile | undefined {
  try {
    const runner = JSON.parse(readFileSync(join(state, 'runner.json'), 'utf8')) as RunnerFile;
    return bornOf(runner.pid) === runner.born ? runner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a state folder this process's own. Throws one sentence when another runner has it, or when it cannot be written.
 * Two that start in the same moment cannot both succeed: a link is made whole or not at all.
 */
export function claimState(state: string, { startedAt, url }: Pick<RunnerFile, 'startedAt' | 'url'>): void {
  const file = join(state, 'runner.json');
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify({ pid: process.pid, born: bornOf(process.pid), startedAt, url }), {
      mode: 0o600,
    });
  } catch (error) {
    throw new Error(`The folder ${state} cannot be written: ${plain(error)}. Choose another with --state.`);
  }
  try {
    while (!linked(draft, file)) {
      const other = readRunner(state);
      if (other) throw new Error(alreadyRuns(other));
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Gives the folder up again. */
export function leaveState(state: string): void {
  rmSync(join(state, 'tuesday.sock'), { force: true });
  rmSync(join(state, 'runner.json'), { force: true });
}

function alreadyRuns({ pid, startedAt, url }: RunnerFile): string {
  const since = new Date(startedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `The shop already runs (pid ${pid}, since ${since}) at ${url}. Stop it with: npx tuesday down`;
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** When a process began; throws when there is none. On Linux field 22 of /proc/PID/stat (proc(5)), in ticks since boot. */
function bornOf(pid: number): string {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  if (fields[0] === 'Z') throw new Error('It has ended, and nobody has asked how.');
  return fields[19]!;
}

function plain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'the disk is full';
  return code === 'EACCES' || code === 'EROFS' ? 'this user may not' : message;
}
