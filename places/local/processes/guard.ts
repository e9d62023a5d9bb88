import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A small process that ends the pods' processes when the runner dies without stopping them. */
export interface Guard {
  /** Ends this process group if the runner dies. PostgreSQL needs SIGQUIT, which ends its children too. */
  add(group: number, signal?: 'KILL' | 'QUIT'): void;
  /** Removes a group that has ended. */
  remove(group: number): void;
  /** Ends the guard, when all pods have stopped. */
  stop(): void;
}

/** Starts the guard in its own session, so that neither Ctrl-C nor a closed terminal ends it. */
export function startGuard(): Guard {
  const script = fileURLToPath(new URL('guard.sh', import.meta.url));
  const child = spawn('/bin/sh', [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.unref();
  const send = (line: string) => void child.stdin.write(`${line}\n`);
  return {
    add: (group, signal = 'KILL') => send(`+ ${group} ${signal}`),
    remove: (group) => send(`- ${group}`),
    stop: () => void child.stdin.end(),
  };
}

/** Adds a process to the guard until it exits. */
export function guardProcess(
  guard: Pick<Guard, 'add' | 'remove'>,
  { pid, exited }: { pid: number | undefined; exited: Promise<unknown> },
): void {
  if (pid === undefined) return;
  guard.add(pid);
  void exited.then(() => guard.remove(pid));
}
