import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** The gateway's port on localhost. */
export interface Front {
  port: number;
  /** Ends it and every connection through it. */
  close(): void;
}

/**
 * Leads each new connection to a ready pod of the gateway, as kube-proxy would: `ready` gives the loopback ports of those
 * there are now. What it carries is not looked at. A pod that does not take it is passed over; where none does, it is
 * closed. Throws one sentence when the port is taken.
 */
export async function openFront({ port, ready }: { port: number; ready(): number[] }): Promise<Front> {
  const open = new Set<Socket>();

  function keep(socket: Socket): Socket {
    open.add(socket);
    return socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy());
  }

  async function lead(caller: Socket): Promise<void> {
    keep(caller);
    const pod = await firstOf(shuffled(ready()));
    if (!pod || caller.destroyed) {
      pod?.destroy();
      return void caller.destroy();
    }
    keep(pod);
    caller.pipe(pod);
    pod.pipe(caller);
    // A half that ends is passed on by the pipe; one that breaks takes the other along.
    caller.once('close', () => pod.destroy());
    pod.once('close', () => caller.destroySoon());
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (caller) => void lead(caller));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken.`) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

async function firstOf(ports: number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = await reached(port);
    if (socket) return socket;
  }
  return undefined;
}

function reached(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    const failed = () => resolve(undefined);
    socket.once('error', failed).once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

function shuffled(ports: number[]): number[] {
  return ports
    .map((port) => [Math.random(), port] as const)
    .sort(([a], [b]) => a - b)
    .map(([, port]) => port);
}
