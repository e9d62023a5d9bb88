import { type Server, createServer } from 'node:net';

const handedOut = new Set<number>();

/**
 * A loopback port that is free now. It is below 32768, where Linux starts its ephemeral ports, so the
 * system gives it to no other program and a pod finds its port free again when it restarts. Throws one sentence when 1,000 tries find none.
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

/** Takes all of these ports, or none when this process has given one out already. True when it took them. */
export function reservePorts(ports: readonly number[]): boolean {
  if (ports.some((port) => handedOut.has(port))) return false;
  for (const port of ports) handedOut.add(port);
  return true;
}

/** Frees a port for another pod, once its pod has ended. */
export function releasePort(port: number): void {
  handedOut.delete(port);
}

/** Whether no program listens on the port, on 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Makes a server listen on a port of 127.0.0.1. Throws one sentence when the port is taken. */
export function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken.`) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}
