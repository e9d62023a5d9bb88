import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tracesBy } from '../jaeger.ts';
import { type Said, askProgram, runProgram } from '../program.ts';
import type { Shop } from '../shop.ts';
import { ask } from '../socket.ts';
import { query } from '../sql.ts';
import { baseOf, resetTo } from './base.ts';
import { type Tuesday, localCallers } from './callers.ts';
import { changedIn } from './changed.ts';
import { listPods, postgresPort } from './pods.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const CLI = join(ROOT, 'cli/main.mjs');
const OVERLAY = join(ROOT, 'k8s/overlays/local');

/** Of a runner that serves: its folder, its gateway, and the Istio objects of its base, where they are known already. */
export interface Running {
  state: string;
  url: string;
  base?: string[];
}

/** The environment in which commands find the runner of a folder. */
export const environmentOf = (state: string) => ({ ...process.env, TUESDAY_STATE: state, NODE_OPTIONS: '' });

/** What a local shop can beside what every place can. */
export interface Local {
  /** The Istio objects that it has started with. */
  base: string[];
  /** Runs a command of `npx tuesday`, however it ends. */
  ask(...words: string[]): Promise<Said>;
}

/** The shop of a runner; disposing of it is left to who started that. */
export async function connectShop({ state, url, base }: Running): Promise<Omit<Shop, keyof AsyncDisposable> & Local> {
  const socket = join(state, 'tuesday.sock');
  const place = { cwd: ROOT, env: environmentOf(state) };
  const changed = changedIn(state);
  const tuesday: Tuesday = (words, input) => {
    changed.by(words);
    return runProgram(process.execPath, [CLI, ...words], { ...place, input });
  };
  const each = (files: string[]) => files.flatMap((file) => ['-f', file]);
  const known = base ?? (await baseOf(socket));
  return {
    url,
    base: known,
    command: (...words) => tuesday(words),
    ask: (...words) => {
      changed.by(words);
      return askProgram(process.execPath, [CLI, ...words], place);
    },
    apply: async (...files) => void (await tuesday(['apply', ...each(files)])),
    delete: async (...files) => void (await tuesday(['delete', ...each(files)])),
    reset: async () => {
      if (!changed.isSo()) return;
      await resetTo(known, { socket, overlay: OVERLAY, tuesday });
      changed.forget();
    },
    callers: localCallers(tuesday),
    pods: () => listPods(socket),
    kill: async (pod) => void (await ask(socket, `POST /pods/shop/${pod}/kill`, { signal: 'SIGKILL' })),
    sql: async (database, text, values) =>
      query({ host: '127.0.0.1', port: await postgresPort(socket), database, text, values }),
    logs: (pod) => readLogs(join(state, 'logs', pod)),
    traces: tracesBy((path) => ask(socket, `GET /traces${path}`)),
  };
}

/** What the app has logged in all of its lives; its proxy's log stands in files of their own. */
async function readLogs(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => !file.startsWith('istio-proxy.'));
  return (await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')))).join('');
}
