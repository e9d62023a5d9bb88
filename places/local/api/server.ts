import { chmodSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ManifestError } from '@tuesday/mesh/manifests';
import { errorOf } from '../boundary.ts';
import { sendRequest } from '../network/request.ts';
import { bodyOf } from './body.ts';
import { describeMesh, describePod, describeService } from './describe.ts';
import { envoyOf } from './envoy.ts';
import { listObjects } from './listing.ts';
import { streamLog } from './log-stream.ts';
import { withNotes } from './notes.ts';
import { proxyStatus } from './proxy-status.ts';
import { ApiError, type ApiRequest, type ApiShop, podOf } from './request.ts';
import { shopMemory, shopStatus, topOf } from './usage.ts';
import { prepareSocket } from '../processes/api-socket.ts';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { createServer } = process.getBuiltinModule('node:http');

/** Every route of the runner's socket. A handler gives an object to send as JSON, or undefined when it has sent the answer itself. */
const ROUTES: [string, RegExp, (request: ApiRequest) => unknown][] = [
  ['GET', /^\/status$/, ({ runner }) => shopStatus(runner)],
  ['GET', /^\/resources$/, ({ runner, query }) => listObjects(runner, Object.fromEntries(query))],
  ['POST', /^\/apply$/, ({ runner, body }) => apply(runner, body)],
  ['POST', /^\/delete$/, ({ runner: { changes }, body }) => changes.deleteObjects(body)],
  ['POST', /^\/scale$/, ({ runner, body }) => runner.changes.scale(body)],
  ['POST', /^\/rollout\/restart$/, ({ runner, body }) => runner.changes.restart(body)],
  ['GET', /^\/rollout\/status$/, ({ runner, query }) => runner.changes.rolloutStatus(Object.fromEntries(query))],
  ['GET', /^\/pods\/([^/]+)\/([^/]+)\/log$/, streamLog],
  ['GET', /^\/pods\/([^/]+)\/([^/]+)\/exec$/, execFacts],
  ['POST', /^\/pods\/([^/]+)\/([^/]+)\/kill$/, killContainer],
  ['GET', /^\/pods\/([^/]+)\/([^/]+)\/envoy\/([^/]+)$/, envoyOf],
  ['GET', /^\/describe\/pod\/([^/]+)\/([^/]+)$/, describePod],
  ['GET', /^\/describe\/service\/([^/]+)\/([^/]+)$/, describeService],
  ['GET', /^\/mesh$/, ({ runner }) => describeMesh(runner)],
  ['GET', /^\/proxy-status$/, ({ runner }) => proxyStatus(runner)],
  ['GET', /^\/memory$/, () => shopMemory()],
  ['GET', /^\/top$/, ({ runner }) => topOf(runner)],
  ['GET', /^\/traces(\/api\/.*)$/, askTraceStore],
  ['POST', /^\/down$/, shutDown],
];

/** Serves the runner's socket, for its owner only. Throws the system's error when it cannot listen. */
export async function serveApi(runner: ApiShop, socket: string): Promise<Server> {
  prepareSocket(socket);
  const server = createServer((req, res) => {
    answer(runner, req, res).catch((error: unknown) => {
      const status = error instanceof ApiError ? error.status : error instanceof ManifestError ? 422 : 500;
      if (!res.headersSent) res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ error: errorOf(error).message }));
    });
  });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(socket, resolve));
  chmodSync(socket, 0o600);
  return server;
}

async function answer(runner: ApiShop, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname, searchParams: query } = addressOf(req);
  const body = await bodyOf(req, pathname);
  for (const [method, path, handler] of ROUTES) {
    const match = method === req.method && path.exec(pathname);
    if (!match) continue;
    const words = match.slice(1).map((word) => decodeURIComponent(word));
    const result = await handler({ runner, words, query, body, res });
    if (result === undefined) return;
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    return;
  }
  throw new ApiError(404, `The running shop does not know ${req.method} ${pathname}.`);
}

/** Throws ApiError for an address in which `%` stands before something else than two digits. */
function addressOf({ url = '/' }: IncomingMessage): URL {
  try {
    decodeURIComponent(url);
    return new URL(url, 'http://runner');
  } catch {
    throw new ApiError(400, 'The address of the request cannot be read.');
  }
}

async function apply({ changes, store }: ApiShop, body: never): Promise<object> {
  return withNotes({ store }, await changes.applyFiles(body));
}

/** The environment and folder of a pod's process, for a command that runs like it. */
function execFacts(request: ApiRequest): object {
  return { env: request.runner.podEnv(podOf(request)), cwd: process.cwd() };
}

/** Sends a signal to the app's container, or to `istio-proxy` where the body names it; 409 when it does not run. */
function killContainer(request: ApiRequest): object {
  const pod = podOf(request);
  const { signal = 'SIGKILL', container } = request.body as { signal?: NodeJS.Signals; container?: string };
  const { running, reason } = (container === 'istio-proxy' && pod.sidecar) || pod;
  if (!running) throw new ApiError(409, `The container of ${pod.name} is not running: ${reason}.`);
  running.kill(signal);
  return { killed: running.pid ?? process.pid };
}

/** Answers first, because the socket closes when the shop stops. */
function shutDown({ runner, res }: ApiRequest): undefined {
  res.writeHead(202, { 'content-type': 'application/json' }).end('{}', () => void runner.down());
  return undefined;
}

/** Forwards a query to the trace store's pod, and gives its answer. */
async function askTraceStore({ runner, words: [path = ''], query, res }: ApiRequest): Promise<undefined> {
  const pod = runner.pods.all().find(({ labels, ready }) => labels['app'] === 'jaeger' && ready);
  const port = pod?.ports.get(16686);
  if (port === undefined) throw new ApiError(503, 'No trace store is ready: see npx tuesday get pods -n istio-system.');
  const found = await sendRequest({ host: '127.0.0.1', port, path: `${path}?${query}` });
  await pipeline(found, res.writeHead(found.statusCode ?? 502, { 'content-type': 'application/json' }));
  return undefined;
}
