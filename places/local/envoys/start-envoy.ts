import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '../../../packages/mesh/envoy/bootstrap.ts';
import { type Guard, watchOver } from '../processes/guard.ts';
import { drain, isLive } from './envoy-admin.ts';
import { openLog } from '../processes/log-file.ts';
import { type Running, startProcess } from '../processes/process.ts';

export interface EnvoyOptions {
  /** The program. */
  envoy: string;
  /** Of the pod: names its bootstrap file. */
  name: string;
  /** `node.id` and `node.cluster`: who it is. */
  id: string;
  cluster: string;
  adminSocket: string;
  xdsSocket: string;
  /** Where its bootstrap file goes. */
  folder: string;
  log: string;
  /** Of the process; marks it as this runner's. */
  env: Record<string, string>;
  guard: Pick<Guard, 'add' | 'remove'>;
}

/** As long as Istio's own proxies are given. */
const DRAIN_MS = 5_000;

/** 45 s is Istio's own drain (docs/fidelity.md); warnings are what Istio's proxies log. */
const FLAGS = [
  '--concurrency 1 --disable-hot-restart --drain-time-s 45 --drain-strategy immediate --file-flush-interval-msec 200',
  '--reject-unknown-dynamic-fields --log-level warning --component-log-level misc:error',
].flatMap((line) => line.split(' '));

/** Starts an Envoy that asks the control plane for everything. Its check answers whether it serves with a complete configuration. */
export function startEnvoy(options: EnvoyOptions): Running {
  const { envoy, name, id, cluster, adminSocket, xdsSocket, folder, log, env, guard } = options;
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(bootstrap({ id, cluster, adminSocket, xdsSocket }), null, 2));
  rmSync(adminSocket, { force: true });
  const running = startProcess({ file: envoy, args: ['-c', file, ...FLAGS], env, cwd: folder }, openLog(log));
  watchOver(guard, running);
  return { ...running, check: () => isLive(adminSocket), drain: () => drain(adminSocket, DRAIN_MS) };
}
