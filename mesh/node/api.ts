import { chmodSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { ManifestError } from '../manifests/resource.ts';
import { applyFiles, deleteObjects, restart, rolloutStatus, scale, settled } from './changes.ts';
import { listObjects } from './listing.ts';
import { streamLog } from './log-stream.ts';
import { usageOf } from './memory.ts';
import type { Runner } from './runner.ts';

/** What a handler is asked: `words` are the parts of the path that its route leaves open. */
interface Asked {
  runner: Runner;
  words: string[];
  query: URLSearchParams;
  body: never;
  res: ServerResponse;
}

/** A request that cannot be served, with the sentence for the user. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Every route of the runner's socket. A handler gives what is answered as JSON, or undefined when it has answered itself. */
const ROUTES: [string, RegExp, (asked: Asked) => unknown][] = [
  ['GET', /^\/status$/, ({ runner }) => statusOf(runner)],
  ['GET', /^\/resources$/, ({ runner, query }) => listObjects(runner, Object.fromEntries(query))],
  ['POST', /^\/apply$/, ({ runner, body }) => settled(runner, applyFiles(runner, body))],
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

function podOf({ runner, words: [namespace = '', name = ''] }: Asked) {
  const pod = runner.pods.find(namespace, name);
  if (!pod) throw new Refusal(404, `pods "${name}" not found`);
  return pod;
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

function statusOf({ url, overlay, startedAt, readyMs, warnings, pods, plane }: Runner): object {
  const pss = usageOf([process.pid]).get(process.pid)?.pss ?? 0;
  const sidecars = pods.all().filter(({ proxy }) => proxy !== undefined).length;
  return { pid: process.pid, startedAt, url, readyMs, pss, overlay, warnings, mesh: plane !== undefined, sidecars };
}

/** What each pod uses; `sidecar` is its Envoy's part of the memory. */
function topOf({ pods }: Runner): object[] {
  const all = pods.all().map((pod) => ({
    pod,
    pid: pod.running?.pid ?? process.pid,
    envoy: pod.sidecar?.running?.pid,
  }));
  const usage = usageOf(all.flatMap(({ pid, envoy }) => (envoy === undefined ? [pid] : [pid, envoy])));
  const seconds = (since: Date | undefined) => Math.max(1, (Date.now() - (since ?? new Date()).getTime()) / 1_000);
  return all.map(({ pod, pid, envoy }) => {
    const { pss = 0, cpu = 0 } = usage.get(pid) ?? {};
    const beside = (envoy === undefined ? undefined : usage.get(envoy)) ?? { pss: 0, cpu: 0 };
    const cpuMillis = Math.round((cpu + beside.cpu) / seconds(pod.startedAt));
    const memory = { pss: pss + beside.pss, ...(envoy !== undefined && { sidecar: beside.pss }) };
    return { pod: pod.name, namespace: pod.namespace, cpuMillis, ...memory };
  });
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
