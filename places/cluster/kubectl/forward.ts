import { setTimeout as wait } from 'node:timers/promises';
import { read } from '../../read.ts';
import type { Tool } from './tool.ts';

/** Reads the web pages of a program in a cluster. */
export interface Forward {
  /** Reads a path, as `read` of places/read.ts; when the forward has ended, through a new one. */
  read(path: string): ReturnType<typeof read>;
  stop(): void;
}

/** How often a read begins a new forward. */
const RESTARTS = 2;
interface Target {
  port: number;
  namespace: string;
}

/**
 * Forwards a free port of this machine to a port of a Deployment or Service (`deploy/jaeger`), until `stop` or the end of
 * this process. Not for the gateway: such requests bypass its sidecar. kubectl ends a forward when one of its connections
 * fails, and when its pod is replaced; the next read starts another. Throws when kubectl ends, or prints no port within 20 s.
 */
export async function forward(kubectl: Tool, name: string, target: Target): Promise<Forward> {
  let opened = open(kubectl, name, target);
  await opened;
  return {
    async read(path) {
      for (let restarts = 0; ; restarts++) {
        const used = opened;
        try {
          return await read(`${(await used).url}${path}`);
        } catch (error) {
          if (restarts === RESTARTS) throw error;
          if (opened !== used) continue; // another read has begun a new one
          end(used);
          opened = open(kubectl, name, target);
        }
      }
    },
    stop: () => end(opened),
  };
}

/** Ends kubectl, if it has been started. */
function end(opened: ReturnType<typeof open>): void {
  opened.then(
    ({ stop }) => stop(),
    () => undefined,
  );
}

async function open(kubectl: Tool, name: string, { port, namespace }: Target): Promise<{ url: string; stop(): void }> {
  const child = kubectl.start(['-n', namespace, 'port-forward', name, `:${port}`]);
  child.stdin.end();
  const stop = () => void child.kill();
  process.once('exit', stop);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  let missing: Error | undefined;
  kubectl.ended(child, []).catch((error: Error) => (missing = error));
  for (let tries = 0; tries < 400 && child.exitCode === null && !missing; tries++) {
    const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
    if (local) return { url: `http://127.0.0.1:${local}`, stop };
    await wait(50);
  }
  child.kill();
  throw missing ?? new Error(`kubectl port-forward ${name} ${port}: ${printed || 'no answer within 20 s'}`);
}
