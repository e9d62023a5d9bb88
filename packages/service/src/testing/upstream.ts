import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createCallee } from '../call.ts';

/** A service that a test controls, and a callee for it. Answers 200 with `{}` until `reply` is replaced. */
export async function startUpstream(limitMs = 2_000) {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  // As long as the services themselves keep connections, and say so in Keep-Alive.
  const server = createServer({ keepAliveTimeout: 75_000 }, (req, res) => {
    requests.push(req);
    upstream.reply(res, req);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => upstream.closed++);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const callee = createCallee({ service: 'billing', baseUrl: url, limitMs });
  const upstream = {
    url,
    callee,
    reply: (res: ServerResponse, _req: IncomingMessage): unknown => res.end('{}'),
    /** The requests that arrived. */
    requests,
    /** Connections that were ever made to it, and how many of them are no longer. */
    connections: sockets,
    closed: 0,
    /** Takes no more connections, as if the process had ended. */
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
    [Symbol.asyncDispose]: async () => {
      await upstream.stop();
      await callee.close();
    },
  };
  return upstream;
}
