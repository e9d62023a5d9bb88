import type { Server } from 'node:http';

/** Another process uses the port; the message names the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Listens and returns the port, which is a free one for port 0. Throws PortTaken. */
export function listen(server: Server, options: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`Port ${options.port} is in use by another process.`) : error),
    );
    server.listen(options, () => resolve((server.address() as { port: number }).port));
  });
}

/** Closes every connection and the port. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
