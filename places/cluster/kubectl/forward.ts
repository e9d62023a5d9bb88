import { setTimeout as wait } from 'node:timers/promises';
import type { Tool } from './tool.ts';

/**
 * Forwards a free port of this machine to a port of a Deployment or Service (`deploy/jaeger`), until `stop` or the end of
 * this process. Not for the gateway: such requests bypass its sidecar. `url` is `http://127.0.0.1:PORT`. Throws when
 * kubectl ends, or prints no port within 20 s.
 */
export async function forward(
  kubectl: Tool,
  target: string,
  { port, namespace }: { port: number; namespace: string },
): Promise<{ url: string; stop(): void }> {
  const child = kubectl.start(['-n', namespace, 'port-forward', target, `:${port}`]);
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
  throw missing ?? new Error(`kubectl port-forward ${target} ${port}: ${printed || 'no answer within 20 s'}`);
}
