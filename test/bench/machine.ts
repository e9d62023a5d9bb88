import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { envoyPath } from '../../places/local/envoys/envoy-path.ts';

/** The machine and the conditions of a run. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  envoy: string;
  /** The load average of the minute before. If it is much above 0, other processes have disturbed the run. */
  loadBefore: number;
}

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    envoy: envoyVersion(),
    loadBefore: Number(loadavg()[0]!.toFixed(1)),
  };
}

/** `1.40.0` from `/path/to/envoy  version: <commit>/1.40.0/Clean/RELEASE/BoringSSL`. */
function envoyVersion(): string {
  const path = envoyPath(process.env);
  if (path === undefined) return 'none';
  const output = execFileSync(path, ['--version'], { encoding: 'utf8' });
  return /version: [^/]+\/([\d.]+)\//.exec(output)?.[1] ?? 'unknown';
}

/** One line, for the screen and the document. */
export function described({ cpu, cores, memoryGiB, system, node, envoy, loadBefore }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}, Envoy ${envoy}; load before: ${loadBefore}`;
}
