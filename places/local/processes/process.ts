import { execFile, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** How something ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Something that runs in the place of a container. */
export interface Running {
  /** The process, or undefined for what runs inside the runner itself. */
  pid: number | undefined;
  /** Settles when it has ended, however. */
  exited: Promise<End>;
  kill(signal: NodeJS.Signals): void;
  /** Answers an exec probe: runs its command, or asks in its place where the program brings no such command along. */
  check?(command: string[], timeoutMs: number): Promise<boolean>;
  /** Asks its callers to go, before it is told to end; settles when they have, or after some seconds. */
  drain?(): Promise<void>;
}

/** A command line of a Node program, or of any other. */
export interface Command {
  file: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
}

/** Starts a process in a group of its own, which the guard can end whole. What it prints goes to `log`, which ends with it. */
export function startProcess({ file, args, env, cwd }: Command, log: Writable): Running {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = new Promise<End>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      log.write(`${error.message}\n`);
      resolve({ code: 127, signal: null });
    });
  });
  child.once('close', () => log.end());
  const check: Running['check'] = ([program = '', ...rest], timeout) =>
    new Promise((resolve) =>
      execFile(program, rest, { cwd, env, timeout, killSignal: 'SIGKILL' }, (error) => resolve(error === null)),
    );
  return { pid: child.pid, exited, kill: (signal) => killGroup(child.pid, signal), check };
}

/** Sends a signal to a whole process group; one that has gone already is no error. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
