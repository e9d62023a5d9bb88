import { type Socket, connect, createServer } from 'node:net';
import { openLocalhost } from './localhost.ts';
import { shuffled } from './shuffled.ts';

/** The gateway's port on localhost. */
export interface GatewayPort {
  port: number;
  /** Closes the port and every connection through it. */
  close(): void;
}

/**
 * Opens the gateway's port on localhost (0 takes a free one) and passes each new connection to a random ready pod of the
 * gateway, as kube-proxy does. `ready` gives the loopback ports of the pods that are ready now. Bytes are not
 * changed. When a pod does not accept a connection, the next one gets it; when none does, the connection is closed. Throws
 * one sentence when the port is taken.
 */
export async function openGatewayPort({ port, ready }: { port: number; ready(): number[] }): Promise<GatewayPort> {
  const open = new Set<Socket>();

  function track(socket: Socket): Socket {
    open.add(socket);
    return socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy());
  }

  async function passOn(caller: Socket): Promise<void> {
    track(caller);
    const pod = await connectFirst(shuffled(ready()));
    if (!pod || caller.destroyed) {
      pod?.destroy();
      return void caller.destroy();
    }
    track(pod);
    caller.pipe(pod);
    pod.pipe(caller);
    // `pipe` passes on the end of one direction only: a connection that breaks must close the other one too.
    caller.once('close', () => pod.destroy());
    pod.once('close', () => caller.destroySoon());
  }

  const serve = () => createServer({ allowHalfOpen: true, noDelay: true }, (caller) => void passOn(caller));
  const { port: chosen, servers } = await openLocalhost(serve, port);
  return {
    port: chosen,
    close() {
      for (const server of servers) server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

async function connectFirst(ports: number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = await tryConnect(port);
    if (socket) return socket;
  }
  return undefined;
}

function tryConnect(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    const failed = () => resolve(undefined);
    socket.once('error', failed).once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
