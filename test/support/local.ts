import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CLI, type Local, ROOT, connectShop, environmentOf } from './local/connect.ts';
import type { Shop } from './shop.ts';

/** Preloaded, it ends the shop when this process is gone. */
const PARENT = pathToFileURL(join(ROOT, 'setup/parent.mjs')).href;

/** A running `tuesday up`, with the process and the folder that hold it. */
export interface LocalShop extends Shop, Local {
  process: ChildProcess;
  state: string;
  /** What `up` has printed so far. */
  screen(): string;
}

/** Starts the shop on a free port with a state folder of its own; ready when `up` says so. Throws with its screen if it ends before. */
export async function startLocalShop(
  options: { state?: string; port?: number; words?: string[] } = {},
): Promise<LocalShop> {
  const state = options.state ?? (await mkdtemp(join(tmpdir(), 'tuesday-e2e-')));
  const port = options.port ?? (await freePort());
  const words = ['up', '--port', `${port}`, ...(options.words ?? [])];
  const child = spawn(process.execPath, ['--import', PARENT, CLI, ...words], {
    cwd: ROOT,
    env: environmentOf(state),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stdout!.on('data', (chunk) => (printed += chunk));
  child.stderr!.on('data', (chunk) => (printed += chunk));
  await ready(child, () => printed);
  return {
    ...(await connectShop({ state, url: `http://127.0.0.1:${port}` })),
    process: child,
    state,
    screen: () => printed,
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

/** A TCP port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
