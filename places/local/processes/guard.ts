import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Outlives the runner by a moment, to end what the runner could not. */
export interface Guard {
  /** From now on the process group is ended if the runner dies. PostgreSQL takes SIGQUIT, which ends its children too. */
  add(group: number, signal?: 'KILL' | 'QUIT'): void;
  remove(group: number): void;
  /** Called when all pods have stopped. */
  stop(): void;
}

/** Starts the guard in a session of its own, so that neither Ctrl-C nor a closed terminal reaches it. */
export function startGuard(): Guard {
  const script = fileURLToPath(new URL('guard.sh', import.meta.url));
  const child = spawn('/bin/sh', [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.unref();
  const tell = (line: string) => void child.stdin.write(`${line}\n`);
  return {
    add: (group, signal = 'KILL') => tell(`+ ${group} ${signal}`),
    remove: (group) => tell(`- ${group}`),
    stop: () => void child.stdin.end(),
  };
}

/** Puts a process under the guard for as long as it lives. */
export function watchOver(
  guard: Pick<Guard, 'add' | 'remove'>,
  { pid, exited }: { pid: number | undefined; exited: Promise<unknown> },
): void {
  if (pid === undefined) return;
  guard.add(pid);
  void exited.then(() => guard.remove(pid));
}
