import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '@tuesday/mesh/envoy';
import { type Guard, guardProcess } from '../processes/guard.ts';
import { drain, isEnvoyReady } from './envoy-admin.ts';
import { openLog } from '../processes/log-file.ts';
import { type RunningProgram, startProcess } from '../processes/process.ts';

export interface EnvoyOptions {
  /** Path of the Envoy program. */
  envoy: string;
  /** The pod's name, used for the bootstrap file. */
  name: string;
  /** Envoy's `node.id` and `node.cluster`. */
  id: string;
  cluster: string;
  adminSocket: string;
  xdsSocket: string;
  /** Folder of the bootstrap file. */
  folder: string;
  /** Path of its log. */
  log: string;
  /** Environment of the process; by it the next runner finds a process that was left behind (processes/orphans.ts). */
  env: Record<string, string>;
  guard: Pick<Guard, 'add' | 'remove'>;
}

/** Longest wait until the callers have closed their connections. Source: Istio's terminationDrainDuration. */
const DRAIN_MS = 5_000;

/** The drain time of 45 s and the log level `warning` are those of Istio's proxies (docs/fidelity.md). */
const FLAGS = [
  '--concurrency 1 --disable-hot-restart --drain-time-s 45 --drain-strategy immediate --file-flush-interval-msec 200',
  '--reject-unknown-dynamic-fields --log-level warning --component-log-level misc:error',
].flatMap((line) => line.split(' '));

/** Starts an Envoy that gets its whole configuration from the control plane. Its check is true once the configuration is complete. */
export function startEnvoy(options: EnvoyOptions): RunningProgram {
  const { envoy, name, id, cluster, adminSocket, xdsSocket, folder, log, env, guard } = options;
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(bootstrap({ id, cluster, adminSocket, xdsSocket }), null, 2));
  rmSync(adminSocket, { force: true });
  const running = startProcess({ file: envoy, args: ['-c', file, ...FLAGS], env, cwd: folder }, openLog(log));
  guardProcess(guard, running);
  return { ...running, check: () => isEnvoyReady(adminSocket), drain: () => drain(adminSocket, DRAIN_MS) };
}
