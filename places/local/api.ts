import { chmodSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { ManifestError } from '../../packages/mesh/manifests/resource.ts';
import { type Asked, podOf, Refusal } from './api/asked.ts';
import { describePod, describeService } from './api/describe.ts';
import { envoyOf } from './api/envoy.ts';
import { summaryOf } from './api/summary.ts';
import { withNotes } from './api/notes.ts';
import { statusOf, topOf } from './api/usage.ts';
import { applyFiles, deleteObjects, restart, rolloutStatus, scale, settled } from './changes.ts';
import { listObjects } from './listing.ts';
import { streamLog } from './log-stream.ts';
import type { Runner } from './runner.ts';

/** Every route of the runner's socket. A handler gives what is answered as JSON, or undefined when it has answered itself. */
const ROUTES: [string, RegExp, (asked: Asked) => unknown][] = [
  ['GET', /^\/status$/, ({ runner }) => statusOf(runner)],
  ['GET', /^\/resources$/, ({ runner, query }) => listObjects(runner, Object.fromEntries(query))],
  ['POST', /^\/apply$/, ({ runner, body }) => apply(runner, body)],
  ['POST', /^\/delete$/, ({ runner, body }) => settled(runner, deleteObjects(runner, body))],
  ['POST', /^\/scale$/, ({ runner, body }) => scale(runner, body)],
  ['POST', /^\/rollout\/restart$/, ({ runner, body }) => restart(runner, body)],
  ['GET', /^\/rollout\/status$/, ({ runner, query }) => rolloutStatus(runner, Object.fromEntries(query))],
  ['GET', /^\/pods\/([^/]+)\/([^/]+)\/log$/, (asked) => streamLog(asked.runner, podOf(asked), asked)],
  [
    'GET',
    /^\/pods\/([^/]+)\/([^/]+)\/exec$/,
    (asked) => ({ env: asked.runner.podEnv(podOf(asked)), cwd: process.cwd() }),
  ],
  ['POST', /^\/pods\/([^/]+)\/([^/]+)\/kill$/, (asked) => killPod(asked)],
  ['GET', /^\/pods\/([^/]+)\/([^/]+)\/envoy\/([^/]+)$/, envoyOf],
  ['GET', /^\/describe\/pod\/([^/]+)\/([^/]+)$/, describePod],
  ['GET', /^\/describe\/service\/([^/]+)\/([^/]+)$/, describeService],
  ['GET', /^\/mesh$/, ({ runner }) => summaryOf(runner)],
  ['GET', /^\/top$/, ({ runner }) => topOf(runner)],
  ['GET', /^\/traces(\/api\/.*)$/, (asked) => passOn(asked)],
  ['POST', /^\/down$/, ({ runner, res }) => takeDown(runner, res)],
];

/** Serves the runner's socket, for its owner only. */
export async function serveApi(runner: Runner, socket: string): Promise<Server> {
  rmSync(socket, { force: true });
  const server = createServer((req, res) => {
    answer(runner, req, res).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : error instanceof ManifestError ? 422 : 500;
      if (!res.headersSent) res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ error: (error as Error).message }));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  chmodSync(socket, 0o600);
  return server;
}

async function answer(runner: Runner, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname, searchParams: query } = new URL(req.url ?? '/', 'http://runner');
  let text = '';
  for await (const chunk of req.setEncoding('utf8')) text += chunk;
  for (const [method, path, handler] of ROUTES) {
    const match = method === req.method && path.exec(pathname);
    if (!match) continue;
    const words = match.slice(1).map(decodeURIComponent);
    const result = await handler({ runner, words, query, body: (text ? JSON.parse(text) : {}) as never, res });
    if (result === undefined) return;
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    return;
  }
  throw new Refusal(404, `The running shop does not know ${req.method} ${pathname}.`);
}

async function apply(runner: Runner, body: never): Promise<object> {
  return withNotes(runner, await settled(runner, applyFiles(runner, body)));
}

/** The app's container, or `istio-proxy` where that is asked for. */
function killPod(asked: Asked): object {
  const pod = podOf(asked);
  const { signal = 'SIGKILL', container } = asked.body as { signal?: NodeJS.Signals; container?: string };
  const { running, reason } = (container === 'istio-proxy' && pod.sidecar) || pod;
  if (!running) throw new Refusal(409, `The container of ${pod.name} is not running: ${reason}.`);
  running.kill(signal);
  return { killed: running.pid ?? process.pid };
}

/** Answers before it begins: the answer would go with the socket. */
function takeDown(runner: Runner, res: ServerResponse): undefined {
  res.writeHead(202, { 'content-type': 'application/json' }).end('{}', () => void runner.down());
  return undefined;
}

/** Hands a query on to the trace store's pod. */
async function passOn({ runner, words: [path = ''], query, res }: Asked): Promise<undefined> {
  const pod = runner.pods.all().find(({ labels, ready }) => labels['app'] === 'jaeger' && ready);
  const port = pod?.ports.get(16686);
  if (port === undefined) throw new Refusal(503, 'No trace store is ready: see npx tuesday get pods -n istio-system.');
  const found = await fetch(`http://127.0.0.1:${port}${path}?${query}`);
  res.writeHead(found.status, { 'content-type': 'application/json' }).end(await found.text());
  return undefined;
}
