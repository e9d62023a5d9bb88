import type { Server } from 'node:http';

/** Another process has the port; the message says which. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Listens and gives the port, which matters for port 0. Throws PortTaken. */
export function listen(server: Server, options: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`Port ${options.port} is taken by another process.`) : error),
    );
    server.listen(options, () => resolve((server.address() as { port: number }).port));
  });
}

/** Ends every connection and gives the port back. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
