import { freePort } from '../../places/free-port.ts';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startGuard, guardProcess } from '../../places/local/processes/guard.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'cli/main.mjs');
/** What `npm start` runs. */
const LAUNCHER = join(ROOT, 'cli/tuesday.mjs');

export const KINDS = ['meshed', 'unmeshed'] as const;
export type Kind = (typeof KINDS)[number];
const ARGUMENTS: Record<Kind, string[]> = { meshed: [], unmeshed: ['--no-mesh'] };

/** A shop that is ready: `tuesday up` has printed "Ready". */
export interface RunningShop {
  url: string;
  pid: number;
  state: string;
  /** Runs `tuesday WORDS` against it, as a user would, and returns its output. Throws on a non-zero exit. */
  tuesday(...words: string[]): Promise<string>;
  /** The same through npx. */
  npx(...words: string[]): Promise<string>;
}

/** The shops of one run, at most one of each kind, each with its own data, which it keeps from start to start. */
export interface Shops extends AsyncDisposable {
  /** Starts each once to fill the caches for the starts that follow. */
  prepare(): Promise<void>;
  /** Starts it; `ms` is the time from the start of the command to its "Ready", after the first checkout was answered. */
  start(kind: Kind): Promise<{ shop: RunningShop; ms: number }>;
  stop(kind: Kind): Promise<void>;
  /** The running shop; it is started if none runs. */
  running(kind: Kind): Promise<RunningShop>;
}

export async function createShops(): Promise<Shops> {
  const folder = await mkdtemp(join(tmpdir(), 'tuesday-bench-'));
  const shops = new Map<Kind, { shop: RunningShop; child: ChildProcess }>();
  // Ends the shops when this process has ended, for whatever reason.
  const guard = startGuard();
  let prepared: Promise<void> | undefined;

  async function begin(kind: Kind): Promise<{ shop: RunningShop; ms: number }> {
    const state = join(folder, kind);
    const port = await freePort();
    const env = { ...process.env, TUESDAY_STATE: state, NODE_OPTIONS: '' };
    const began = performance.now();
    const child = spawn(process.execPath, [LAUNCHER, 'up', '--port', `${port}`, ...ARGUMENTS[kind]], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    guardProcess(guard, { pid: child.pid, exited: once(child, 'exit') });
    const command = async (file: string, words: string[]) =>
      (await promisify(execFile)(file, words, { cwd: ROOT, env, maxBuffer: 1e8 })).stdout;
    const shop: RunningShop = {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid!,
      state,
      tuesday: (...words) => command(process.execPath, [MAIN, ...words]),
      npx: (...words) => command('npx', ['tuesday', ...words]),
    };
    shops.set(kind, { shop, child });
    await ready(child);
    return { shop, ms: performance.now() - began };
  }

  async function stop(kind: Kind): Promise<void> {
    const running = shops.get(kind);
    shops.delete(kind);
    if (running) await end(running.child);
  }

  const prepare = () =>
    (prepared ??= (async () => {
      await Promise.all(KINDS.map(begin));
      await Promise.all(KINDS.map(stop));
    })());

  async function start(kind: Kind): Promise<{ shop: RunningShop; ms: number }> {
    await prepare();
    await stop(kind);
    return begin(kind);
  }

  return {
    prepare,
    start,
    stop,
    running: async (kind) => shops.get(kind)?.shop ?? (await start(kind)).shop,
    async [Symbol.asyncDispose]() {
      await Promise.all(KINDS.map(stop));
      guard.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for the line "Ready". Throws with the whole output when the process ends before, or after two minutes. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string) => reject(new Error(`tuesday up ${why}:\n${printed}`));
    const timer = setTimeout(() => fail('is not ready after two minutes'), 120_000);
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      if (!/^\s*Ready in /m.test(printed)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code) => (clearTimeout(timer), fail(`ended with ${code}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await gone;
  clearTimeout(late);
}
