import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { sendSignalToGroup } from '../../setup/processes/signal.mjs';

/** The time, in milliseconds, that processes have to end by themselves after an interruption. */
const PATIENCE = 20_000;

export interface Ended {
  /** The exit code; 128 and more if a signal ended it, 127 if it could not be started. */
  code: number;
  seconds: number;
}

/** Aborts when this process is asked to end: Ctrl-C, SIGTERM, or a closed terminal. The process itself goes on, to clean up. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  return controller.signal;
}

/**
 * Runs a long command; what it prints goes to this terminal. It is a process group of its own: at an interruption the whole
 * group gets SIGINT, and what is left of it SIGKILL. Returns when all of it has ended.
 */
export async function runToEnd(
  [program = '', ...args]: readonly string[],
  { cwd, env, signal }: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Ended> {
  const start = Date.now();
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const interrupt = () => void sendSignalToGroup(child.pid, 'SIGINT');
  signal.addEventListener('abort', interrupt);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (exit, by) => resolve(by ? 128 + constants.signals[by] : (exit ?? 1)));
  });
  signal.removeEventListener('abort', interrupt);
  if (signal.aborted) await groupEnded(child.pid);
  return { code, seconds: (Date.now() - start) / 1000 };
}

/** The leader may end before the others of its group. */
async function groupEnded(pid: number | undefined): Promise<void> {
  for (let waited = 0; waited < PATIENCE && sendSignalToGroup(pid, 0); waited += 100) await wait(100);
  sendSignalToGroup(pid, 'SIGKILL');
}
