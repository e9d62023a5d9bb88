import type { Server, ServerResponse } from 'node:http';
import { log } from './log.ts';
import { orLate } from './or-late.ts';

/** The steps between SIGTERM and the end of the process, in this order. */
export interface ShutdownSteps {
  /** Makes readiness answer 503. */
  drain(): void;
  server: Server;
  /** Ends the work that runs beside the requests. */
  background: () => Promise<void>;
  /** Closes the clients of databases and other services. */
  clients: () => Promise<void>;
  /** Sends the last spans. */
  flush: () => Promise<void>;
}

/**
 * Milliseconds. `pause`: from unready to no new connections; `linger`: for how long idle connections stay open; `limit`: after
 * which all connections are closed; `background`, `clients` and `flush`: for those steps. All together, and the 5 s of the
 * pods' preStop, are less than their terminationGracePeriodSeconds of 30 (test/manifests holds them together).
 */
const TIMES = { pause: 100, linger: 1_500, limit: 10_000, background: 7_000, clients: 2_000, flush: 500 };

/** Milliseconds that a stop may take in all. */
export const LONGEST_STOP_MS = Object.values(TIMES).reduce((sum, ms) => sum + ms, 0);

/**
 * Stops without failing a request. `server.close()` alone closes idle connections at once, although a client may just be
 * sending on one, and then waits for busy ones without limit (nodejs/node 60617). So idle connections stay open for
 * `linger`, each answer says `Connection: close`, and only then are the idle connections closed.
 */
export async function shutDown(
  { drain, server, background, clients, flush }: ShutdownSteps,
  times = TIMES,
): Promise<void> {
  drain();
  await wait(times.pause);
  closeAfterResponse(server);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await Promise.race([closed, wait(times.linger)]);
  const cutIdle = setInterval(() => idleCloser.call(server), 20);
  const cutAll = setTimeout(() => server.closeAllConnections(), times.limit);
  await closed;
  clearInterval(cutIdle);
  clearTimeout(cutAll);
  await within(times.background, 'background work', background());
  await within(times.clients, 'clients', clients());
  await within(times.flush, 'the last spans', flush());
}

/** Waits for a step, but not longer than that; what is cut is logged. */
const within = (ms: number, what: string, step: Promise<void>): Promise<void> =>
  orLate(step, ms, () => log().warn({ what, ms }, 'stopping: cut, because it did not end in time'));

/** Makes every answer close its connection from now on, also the answers to requests that are being handled. */
function closeAfterResponse(server: Server): void {
  server.closeIdleConnections = () => undefined;
  for (const res of openResponses.get(server) ?? []) if (!res.headersSent) res.setHeader('Connection', 'close');
  server.prependListener('request', (_req, res: ServerResponse) => res.setHeader('Connection', 'close'));
}

const openResponses = new WeakMap<Server, Set<ServerResponse>>();

/** Keeps the answers that are not sent yet, so that shutDown can mark them too. Called once, before the server listens. */
export function trackResponses(server: Server): void {
  const open = new Set<ServerResponse>();
  openResponses.set(server, open);
  server.prependListener('request', (_req, res: ServerResponse) => {
    open.add(res);
    res.once('close', () => open.delete(res));
  });
}

// Not imported, because an import of node:http makes Node load undici: decision 17.
const idleCloser = process.getBuiltinModule('node:http').Server.prototype.closeIdleConnections;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
