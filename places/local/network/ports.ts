import { type Server, createServer } from 'node:net';
import { shuffled } from './shuffled.ts';

/** Ports in a cell after its first one: more than any pod of the shop needs for its sidecar's listeners. */
export const CELL = 24;
/**
 * The cells of all runners of this machine. They are below 32768, where Linux starts its ephemeral ports, so the system gives
 * none of them to another program, and a pod finds its port free again when it restarts.
 */
const RANGE = { first: 20_000, cells: 510 };

/** By the first port that a cell gave: the server that holds the cell. */
const held = new Map<number, Server>();

/**
 * Takes a cell of neighbouring loopback ports that are all free, and gives them. While the cell is held, this process
 * listens on the port before them: so two runners never take the same cell, and it is free again when this process ends,
 * however that happens. Throws one sentence when it finds none.
 */
export async function takeCell({ first, cells } = RANGE): Promise<number[]> {
  for (const cell of shuffled(Array.from({ length: cells }, (_, index) => index))) {
    const marker = first + cell * (CELL + 1);
    if (held.has(marker + 1)) continue;
    const server = createServer((socket) => socket.destroy());
    held.set(marker + 1, server);
    const ports = Array.from({ length: CELL }, (_, index) => marker + 1 + index);
    const isOurs = await listen(server, marker).then(
      () => true,
      () => false,
    );
    if (isOurs && (await Promise.all(ports.map(isFree))).every(Boolean)) return (server.unref(), ports);
    releasePort(marker + 1);
  }
  throw new Error(`No ${CELL} free loopback ports in a row between ${first} and ${first + cells * (CELL + 1)}.`);
}

/** A loopback port that no other runner of this machine takes before releasePort. Throws as takeCell does. */
export async function allocatePort(): Promise<number> {
  const [port] = await takeCell();
  return port!;
}

/** Frees the cell whose first port this is for another pod, once its pod has ended. */
export function releasePort(port: number): void {
  held.get(port)?.close();
  held.delete(port);
}

/** Whether no program listens on the port, on 127.0.0.1. */
function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return listen(server, port).then(
    () => new Promise((resolve) => server.close(() => resolve(true))),
    () => false,
  );
}

/** Makes a server listen on a port of a loopback address. Throws one sentence when the port is taken. A later error, such as a connection for which this process has no file descriptor left, ends nothing. */
export function listen(server: Server, port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken.`) : error),
    );
    server.listen({ port, host, exclusive: true }, resolve);
  });
}
