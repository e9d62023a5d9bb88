import type {
  Agent as AgentType,
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  Server,
  ServerResponse,
} from 'node:http';
import type { Pod } from '../pods/pod.ts';
import type { ExitStatus, RunningProgram } from '../processes/process.ts';
import { openLocalhost } from './localhost.ts';
import { listen } from './ports.ts';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { Agent, createServer, request } = process.getBuiltinModule('node:http');

/** Gives a ready pod's loopback port for an app, and a version of it where one is asked for; undefined when none is ready. */
export type FindPod = (app: string, version?: string) => number | undefined;

/** Finds a random pod of those in a namespace that are ready at the moment of the call. */
export function podFinder(namespace: string, pods: () => Pod[]): FindPod {
  return (app, version) => {
    const ready = pods().filter(
      ({ ready, namespace: its, labels }) =>
        ready && its === namespace && labels['app'] === app && (!version || labels['version'] === version),
    );
    return ready[Math.floor(Math.random() * ready.length)]?.ports.values().next().value;
  };
}

/**
 * Runs in the place of the gateway's pod where there is no mesh. The page, /api/session and /api/recommendations go to storefront, the rest of /api/ to
 * checkout without the prefix; the release header or cookie chooses v2. These are the routes of
 * istio/base/shop.yaml, written by hand.
 */
export async function runIngress({ ports, findPod }: { ports: number[]; findPod: FindPod }): Promise<RunningProgram> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 });
  const { promise: exited, resolve: end } = Promise.withResolvers<ExitStatus>();
  const servers = await Promise.all(
    ports.map((port) => serve(port, (req, res) => forward(req, res, { agent, findPod }))),
  );
  async function kill(signal: NodeJS.Signals): Promise<void> {
    const closed = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    for (const server of servers) if (signal === 'SIGKILL') server.closeAllConnections();
    setTimeout(() => servers.forEach((server) => server.closeAllConnections()), 1_000).unref();
    await closed;
    agent.destroy();
    end({ code: 0, signal });
  }
  return { pid: undefined, exited, kill: (signal) => void kill(signal), check: async () => true };
}

/** Opens the gateway's port on localhost where there is no mesh. Answers 503 while no pod of the gateway is ready. Throws one sentence when the port is taken. */
export async function openIngressPort(options: { port: number; findPod: FindPod }): Promise<{ close(): void }> {
  const { port, findPod } = options;
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: 30_000 });
  const answer: RequestListener = (req, res) =>
    findPod('gateway') === undefined
      ? refuse(res, 'No pod of gateway is ready.')
      : forward(req, res, { agent, findPod });
  const { servers } = await openLocalhost(() => serverOf(answer), port);
  return {
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      agent.destroy();
    },
  };
}

async function serve(port: number, listener: RequestListener): Promise<Server> {
  const server = serverOf(listener);
  await listen(server, port);
  return server;
}

function serverOf(listener: RequestListener): Server {
  return createServer({ keepAliveTimeout: 75_000 }, listener);
}

interface Route {
  app: string;
  version?: string;
  path: string;
}

/** The app, version and path for a request from outside. */
export function route({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): Route {
  const isPage = !url.startsWith('/api/') || /^\/api\/(?:session|recommendations)(?:[?/]|$)/.test(url);
  if (isPage) return { app: 'storefront', path: url };
  const next = headers['x-release'] === 'next' || /(?:^|; *)release=next(?:;|$)/.test(headers.cookie ?? '');
  return { app: 'checkout', version: next ? 'v2' : 'v1', path: url.slice('/api'.length) };
}

interface ForwardOptions {
  agent: AgentType;
  findPod: FindPod;
  /** The second attempt. */
  again?: boolean;
}

function forward(req: IncomingMessage, res: ServerResponse, options: ForwardOptions): void {
  const { agent, findPod, again } = options;
  const { app, version, path } = route(req);
  const port = findPod(app, version);
  if (port === undefined) return refuse(res, `No pod of ${app} is ready.`);
  const { connection: _connection, ...headers } = fromOutside(req.headers);
  const sent = request({ agent, host: '127.0.0.1', port, method: req.method, path, headers }, (answer) => {
    const { connection: _hop, 'keep-alive': _alive, ...rest } = answer.headers;
    res.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(res);
    answer.on('error', () => res.destroy());
  });
  sent.on('error', () => {
    if (res.headersSent || res.destroyed) return res.destroy();
    // A GET may be sent again; any other request may have had its effect already.
    if (req.method === 'GET' && !again) return forward(req, res, { agent, findPod, again: true });
    refuse(res, `${app} did not answer.`);
  });
  res.once('close', () => res.writableEnded || sent.destroy());
  if (again) sent.end();
  else req.pipe(sent);
}

/** What Envoy and the services say to each other: from a client it counts for nothing, as at a real gateway. */
const INTERNAL = /^(?:x-forwarded-client-cert|x-request-timeout-ms|x-envoy-.*)$/;

const fromOutside = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !INTERNAL.test(name)));

function refuse(res: ServerResponse, detail: string): void {
  if (res.headersSent) return void res.destroy();
  res.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
  res.end(
    JSON.stringify({
      type: 'urn:tuesday:problem:upstream-refused',
      title: 'A service that is needed is not available',
      status: 503,
      code: 'upstream-refused',
      detail,
    }),
  );
}
