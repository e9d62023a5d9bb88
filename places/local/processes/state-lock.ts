import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../../setup/lock.mjs';
import { Failure } from '../../failure.ts';
import { statFields } from './proc.ts';
import { apiSocket } from './api-socket.ts';

/** The content of `runner.json`: the process that runs the shop of a state folder. */
export interface RunnerFile {
  pid: number;
  /** When that process started, as the system prints it. The system may give the same pid to another process later. */
  processStart: string;
  startedAt: string;
  url: string;
}

/**
 * Locks a state folder for this process, and makes it where it is missing. Throws Failure when another runner has it,
 * or when it cannot be written. Of two runners that start at the same moment only one gets it.
 */
export async function lockState(
  state: string,
  { startedAt, url }: Pick<RunnerFile, 'startedAt' | 'url'>,
): Promise<void> {
  const text = JSON.stringify({ pid: process.pid, processStart: startTimeOf(process.pid), startedAt, url });
  const held = await lockFolder(state, text).catch((error: unknown) => {
    throw new Failure(`The folder ${state} cannot be written: ${reasonOf(error)}. Choose another with --state.`);
  });
  if (held !== undefined) throw new Failure(alreadyRuns(JSON.parse(held) as RunnerFile));
}

async function lockFolder(state: string, text: string): Promise<string | undefined> {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const isHeld = (other: string) => liveRunner(other) !== undefined;
  return takeLock(join(state, 'runner.json'), { text, isHeld, mode: 0o600 });
}

/** The runner that the text of a `runner.json` names; undefined when that process has ended. */
export function liveRunner(text: string): RunnerFile | undefined {
  try {
    const runner = JSON.parse(text) as RunnerFile;
    return startTimeOf(runner.pid) === runner.processStart ? runner : undefined;
  } catch {
    return undefined;
  }
}

/** Frees the folder for another runner. */
export function unlockState(state: string): void {
  rmSync(apiSocket(state), { force: true });
  rmSync(join(state, 'runner.json'), { force: true });
}

function alreadyRuns({ pid, startedAt, url }: RunnerFile): string {
  const since = new Date(startedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `The shop already runs (pid ${pid}, since ${since}) at ${url}. Stop it with: npx tuesday down`;
}

/** When a process started; throws when there is none. On Linux field 22 of /proc/PID/stat (proc(5)), in ticks since boot. */
function startTimeOf(pid: number): string {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
  const { 0: state, 19: startTime } = statFields(pid);
  if (startTime === undefined || state === 'Z') throw new Error(`Process ${pid} has ended.`);
  return startTime;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'the disk is full';
  return code === 'EACCES' || code === 'EROFS' ? 'this user may not' : message;
}
