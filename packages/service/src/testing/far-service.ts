import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createCallee } from '../call.ts';

/** A service at the other end of a callee, as a test wants it. Answers 200 with `{}` until `reply` is replaced. */
export async function startFarService(limitMs = 2_000) {
  const asked: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  // As long as the services themselves keep connections, which they tell their callers.
  const server = createServer({ keepAliveTimeout: 75_000 }, (req, res) => {
    asked.push(req);
    far.reply(res, req);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => far.closed++);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const callee = createCallee({ service: 'billing', baseUrl: url, limitMs });
  const far = {
    url,
    callee,
    reply: (res: ServerResponse, _req: IncomingMessage): unknown => res.end('{}'),
    /** What arrived. */
    asked,
    /** Connections that were ever made to it, and how many of them are no longer. */
    connections: sockets,
    closed: 0,
    /** Takes no more connections, as if the process were gone. */
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
    [Symbol.asyncDispose]: async () => {
      await far.stop();
      await callee.close();
    },
  };
  return far;
}
