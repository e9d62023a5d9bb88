import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { tracesBy } from './jaeger.ts';
import { ask } from './socket.ts';
import type { PodState, Shop } from './shop.ts';
import { query } from './sql.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'mesh/cli/main.ts');
const OVERLAY = join(ROOT, 'k8s/overlays/local');
const run = promisify(execFile);
const noCallers = () =>
  Promise.reject(new Error('There is no mesh here yet, so there are no callers with an identity.'));

/** A running `tuesday up`, with the process and the folder that hold it. */
export interface LocalShop extends Shop {
  process: ChildProcess;
  state: string;
  /** What `up` has printed so far. */
  screen(): string;
}

/** Starts the shop on a free port with a state folder of its own; ready when `up` says so. Throws with its screen if it ends before. */
export async function startLocalShop(options: { state?: string; port?: number } = {}): Promise<LocalShop> {
  const state = options.state ?? (await mkdtemp(join(tmpdir(), 'tuesday-e2e-')));
  const port = options.port ?? (await freePort());
  const env = { ...process.env, TUESDAY_STATE: state, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [CLI, 'up', '--port', `${port}`], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  await ready(child, () => printed);
  const socket = join(state, 'tuesday.sock');
  const tuesday = async (...words: string[]) =>
    (await run(process.execPath, [CLI, ...words], { cwd: ROOT, env })).stdout;

  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    state,
    screen: () => printed,
    command: tuesday,
    apply: async (...files) => void (await tuesday('apply', ...files.flatMap((file) => ['-f', file]))),
    delete: async (...files) => void (await tuesday('delete', ...files.flatMap((file) => ['-f', file]))),
    reset: async () => void (await tuesday('apply', '-k', OVERLAY)),
    callers: { place: noCallers, remove: noCallers, probe: noCallers },
    pods: () => listPods(socket),
    kill: async (pod) => void (await ask(socket, `POST /pods/shop/${pod}/kill`, { signal: 'SIGKILL' })),
    sql: async (database, text, values) =>
      query({ host: '127.0.0.1', port: await postgresPort(socket), database, text, values }),
    logs: (pod) => readLogs(join(state, 'logs', pod)),
    traces: tracesBy((path) => ask(socket, `GET /traces${path}`)),
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await rm(state, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess, screen: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready after 90 s:\n${screen()}`)), 90_000);
    const look = setInterval(() => /^\s*Ready in /m.test(screen()) && done(), 20);
    const done = (error?: Error) => {
      clearTimeout(timer);
      clearInterval(look);
      if (error) reject(error);
      else resolve();
    };
    child.once('exit', (code) => done(new Error(`tuesday up ended with ${code}:\n${screen()}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

interface PodObject {
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  /** `podPorts`: container port → the app's loopback port. */
  status: { containerStatuses: { ready: boolean; restartCount: number }[]; podPorts: Record<string, number> };
}

async function listPods(socket: string): Promise<PodState[]> {
  const pods = (await ask<PodObject[]>(socket, 'GET /resources?kind=Pod&namespace=shop')) ?? [];
  return pods.map(({ metadata, status }) => ({
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels,
    ready: status.containerStatuses.every((container) => container.ready),
    restarts: status.containerStatuses.reduce((sum, container) => sum + container.restartCount, 0),
  }));
}

/** Its own port, which no sidecar guards: tests ask as root of the machine, not as a pod of the mesh. */
async function postgresPort(socket: string): Promise<number> {
  const [pod] = (await ask<PodObject[]>(socket, 'GET /resources?kind=Pod&namespace=shop&name=postgres-0')) ?? [];
  const port = pod?.status.podPorts['5432'];
  if (port === undefined) throw new Error('PostgreSQL is not running.');
  return port;
}

async function readLogs(folder: string): Promise<string> {
  const files = await readdir(folder);
  return (await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')))).join('');
}

/** A TCP port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
