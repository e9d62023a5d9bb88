import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { askAt, METRICS, readMetrics } from '../../http.ts';
import type { Place, PlaceOptions } from '../../place.ts';
import { plainOutput } from '../../plain-output.ts';
import { type ProgramResult, tryProgram } from '../../program.ts';
import { NAMESPACE, PROGRAMS, ROOT } from '../../repository.ts';
import { databaseUrl, query } from '../../query.ts';
import { tracesFrom } from '../../traces.ts';
import { type Tuesday, localCallers } from './callers.ts';
import { trackChanges } from './track-changes.ts';
import { appPort, listPods } from './pods.ts';
import { type Base, baseOf, resetToBase } from './reset.ts';
import { ask } from './socket.ts';
import { apiSocket } from '../processes/api-socket.ts';

/** A running runner: its state folder, its gateway, and its base, where it is known already. */
export interface RunnerAddress {
  state: string;
  url: string;
  base?: Base;
}

/** A local shop, with what only it has. */
export interface LocalPlace extends Place {
  /** The runner's state folder. */
  state: string;
  /** The objects that it has started with. */
  base: Base;
  /** Runs a command of `npx tuesday`, however it ends. */
  tuesday(...words: string[]): Promise<ProgramResult>;
}

/** The environment in which `npx tuesday` finds the runner of a state folder. */
export const tuesdayEnvironment = (env: PlaceOptions['env'], state: string) => ({
  ...env,
  TUESDAY_STATE: state,
  NODE_OPTIONS: '',
});

/** The shop of a running runner. It does not end the runner. */
export async function connectLocalPlace(
  { state, url, base }: RunnerAddress,
  { env }: PlaceOptions,
): Promise<Omit<LocalPlace, keyof AsyncDisposable>> {
  const socket = apiSocket(state);
  const surroundings = { cwd: ROOT, env: tuesdayEnvironment(env, state) };
  const changed = trackChanges(state);
  async function tried(words: readonly string[], input?: string): Promise<ProgramResult> {
    changed.record(words);
    const result = await tryProgram(process.execPath, [PROGRAMS.tuesday, ...words], { ...surroundings, input });
    plainOutput(`${result.stdout}\n${result.stderr}`);
    return result;
  }
  const tuesday: Tuesday = async (words, input) => {
    const { code, stdout, stderr } = await tried(words, input);
    if (code === 0) return stdout;
    throw new Error(`npx tuesday ${words.join(' ').slice(0, 200)} ended with ${code}:\n${stderr}${stdout}`);
  };
  const each = (files: string[]) => files.flatMap((file) => ['-f', file]);
  const known = base ?? (await baseOf(socket));
  return {
    state,
    url,
    ask: askAt(url),
    base: known,
    command: (...words) => tuesday(words),
    tuesday: (...words) => tried(words),
    apply: async (...files) => void (await tuesday(['apply', ...each(files)])),
    delete: async (...files) => void (await tuesday(['delete', ...each(files)])),
    reset: async () => {
      if (!changed.hasChanged()) return;
      await resetToBase(known, { socket, tuesday });
      changed.clear();
    },
    pods: () => listPods(socket),
    kill: async (pod) => void (await ask(socket, `POST /pods/${NAMESPACE}/${pod}/kill`, { signal: 'SIGKILL' })),
    logs: (pod) => readLogs(join(state, 'logs', pod)),
    metrics: async (pod) => readMetrics('127.0.0.1', await appPort(socket, pod, METRICS.port)),
    sql: async (database, text, values = []) =>
      query(databaseUrl('127.0.0.1', await appPort(socket, 'postgres-0', 5432), database), [{ text, values }]),
    callers: localCallers(tuesday),
    traces: tracesFrom((path) => ask(socket, `GET /traces${path}`)),
  };
}

/** The log of the application since the pod's first start; the log of its proxy is in other files. */
async function readLogs(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => !file.startsWith('istio-proxy.'));
  return (await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')))).join('');
}
