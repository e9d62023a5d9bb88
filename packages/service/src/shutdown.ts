import { Server, type ServerResponse } from 'node:http';

/** What stops after the last request has been answered, and before the process ends, in this order. */
export interface Closing {
  /** Makes readiness answer 503. */
  leave(): void;
  server: Server;
  /** Work that runs beside the requests: ends what it has begun. */
  background: () => Promise<void>;
  /** Clients of databases and other services. */
  clients: () => Promise<void>;
  /** Sends the last spans. */
  flush: () => Promise<void>;
}

/** Milliseconds. `pause`: from unready to closing the door; `linger`: how long idle connections may still speak; `limit`: after which the rest is cut; `flush`: for the last spans. */
export interface ShutdownTimes {
  pause: number;
  linger: number;
  limit: number;
  flush: number;
}

const TIMES: ShutdownTimes = { pause: 100, linger: 1_500, limit: 10_000, flush: 500 };

/**
 * Leaves without failing anybody. `server.close()` alone cuts idle connections at once, just as a client may be sending on
 * them, and then waits for busy ones for ever (nodejs/node 60617); so idle connections stay open for `linger`, each answer
 * says `Connection: close`, and only then is what is still idle cut.
 */
export async function shutDown(
  { leave, server, background, clients, flush }: Closing,
  times: ShutdownTimes = TIMES,
): Promise<void> {
  leave();
  await wait(times.pause);
  sayGoodbye(server);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.race([closed, wait(times.linger)]);
  const cutIdle = setInterval(() => idleCloser.call(server), 20);
  const cutAll = setTimeout(() => server.closeAllConnections(), times.limit);
  await closed;
  clearInterval(cutIdle);
  clearTimeout(cutAll);
  await background();
  await clients();
  await Promise.race([flush(), wait(times.flush)]);
}

/** Every answer from now on ends its connection, also that to a request which is being worked on. */
function sayGoodbye(server: Server): void {
  server.closeIdleConnections = () => undefined;
  for (const res of busy.get(server) ?? []) if (!res.headersSent) res.setHeader('Connection', 'close');
  server.prependListener('request', (_req, res: ServerResponse) => res.setHeader('Connection', 'close'));
}

const busy = new WeakMap<Server, Set<ServerResponse>>();

/** Keeps the answers that a server still owes, so that shutDown can mark them too. Called once, before the server listens. */
export function trackAnswers(server: Server): void {
  const owed = new Set<ServerResponse>();
  busy.set(server, owed);
  server.prependListener('request', (_req, res: ServerResponse) => {
    owed.add(res);
    res.once('close', () => owed.delete(res));
  });
}

const idleCloser = Server.prototype.closeIdleConnections;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
