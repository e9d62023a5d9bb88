import { createServer } from 'node:net';

const handedOut = new Set<number>();

/**
 * A loopback port that is free now and that nobody is given by chance later: below 32768, where Linux begins to hand out
 * ephemeral ports, so that a pod finds its port free again when it restarts.
 */
export async function allocatePort(): Promise<number> {
  for (let tries = 0; tries < 1_000; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) return port;
    handedOut.delete(port);
  }
  throw new Error('No free loopback port between 20000 and 32000.');
}

/** Takes these ports together, or none of them when one is handed out already. */
export function reserve(ports: readonly number[]): boolean {
  if (ports.some((port) => handedOut.has(port))) return false;
  for (const port of ports) handedOut.add(port);
  return true;
}

/** Gives a port back once its pod is gone. */
export function releasePort(port: number): void {
  handedOut.delete(port);
}

/** Whether nobody listens on the port, on 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
