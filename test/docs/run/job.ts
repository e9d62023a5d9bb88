import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { sendSignalToGroup } from '../../../setup/processes/signal.mjs';

/** A script of bash that runs in a process group of its own. */
export interface Job {
  /** stdout and stderr together, so far. */
  output(): string;
  /** Whether it has ended, and its output is whole. */
  isOver(): boolean;
  /** Settles with its exit code; null where a signal ended it. */
  end: Promise<number | null>;
  /** Presses Ctrl-C, and gives the exit code once it has ended: 0 where this signal ended it, null where it did not end within 45 s. */
  interrupt(): Promise<number | null>;
  /** Kills what is left of it. */
  kill(): void;
}

/** Presses Ctrl-C when the process that runs the documents is gone: a killed test run leaves no shop behind. */
const WATCH = `{ while kill -0 ${process.pid}; do sleep 1; done; kill -INT 0; } > /dev/null 2>&1 < /dev/null &`;
/** Milliseconds from Ctrl-C to the end: pods get 30 s. */
const PATIENCE = 45_000;

/** Starts a script of bash in a folder, with nothing but `env`. */
export function startJob(script: string, options: { cwd: string; env: Record<string, string> }): Job {
  const child = spawn('bash', ['-c', `${WATCH}\n${script}`], {
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output += part));
  const send = (signal: NodeJS.Signals) => void sendSignalToGroup(child.pid, signal);
  let signalled: NodeJS.Signals | null = null;
  let isOver = false;
  const end = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      signalled = signal;
      // A program in the background may keep the pipes open.
      const settle = () => {
        isOver = true;
        resolve(code);
      };
      child.once('close', settle);
      setTimeout(settle, 500).unref();
    });
  });
  return {
    output: () => output,
    isOver: () => isOver,
    end,
    async interrupt() {
      send('SIGINT');
      const code = await Promise.race([end, wait(PATIENCE, null, { ref: false })]);
      send('SIGKILL');
      return signalled === 'SIGINT' || code === 130 ? 0 : code;
    },
    kill: () => send('SIGKILL'),
  };
}
