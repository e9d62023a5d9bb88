import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { sendSignalToGroup } from '../../../setup/processes/signal.mjs';

/** How a process ended. */
export interface ExitStatus {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program that runs in the place of a container. */
export interface RunningProgram {
  /** Of the process; undefined for a program that runs inside the runner. */
  pid: number | undefined;
  /** Resolves when it has ended, for whatever reason. */
  exited: Promise<ExitStatus>;
  kill(signal: NodeJS.Signals): void;
  /** Answers an exec probe: runs its command, or another check where this machine does not have the command. */
  check?(command: string[], timeoutMs: number): Promise<boolean>;
  /** Closes the connections of its callers, before SIGTERM; resolves when they are closed, or after some seconds. */
  drain?(): Promise<void>;
}

/** A command line. */
export interface Command {
  file: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
}

/** Starts a process in its own process group, so that the guard can end all of it. Its output goes to `log`, which is ended after it. A program that cannot be started exits with 127. */
export function startProcess({ file, args, env, cwd }: Command, log: Writable): RunningProgram {
  const child: ChildProcess = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = exitOf(child);
  child.once('error', (error) => log.write(`${error.message}\n`));
  // Without a free file descriptor there are no streams.
  for (const output of [child.stdout, child.stderr]) output?.on('error', () => undefined).pipe(log, { end: false });
  child.once('close', () => log.end());
  void exited.then(() => endRest(child.pid));
  const check: RunningProgram['check'] = ([program = '', ...rest], timeout) =>
    new Promise((resolve) =>
      execFile(program, rest, { cwd, env, timeout, killSignal: 'SIGKILL' }, (error) => resolve(error === null)),
    );
  return { pid: child.pid, exited, kill: (signal) => void sendSignalToGroup(child.pid, signal), check };
}

/** Ends what the leader of a process group has left behind, as the end of a container does. */
function endRest(leader: number | undefined): void {
  try {
    sendSignalToGroup(leader, 'SIGKILL');
  } catch {
    // A group whose last process belongs to another user, or has ended already on macOS (EPERM).
  }
}

/** Resolves when a process has ended, for whatever reason; one that could not be started has the code 127. */
export function exitOf(child: ChildProcess): Promise<ExitStatus> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.on('error', () => resolve({ code: 127, signal: null }));
  });
}
