import { execFileSync } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { processIds, readProcess, statFields } from './proc.ts';

/** What a process and everything it started use. `pss`: bytes, each shared page split among those who share it; `cpu`: ms since its start. */
export interface Usage {
  pss: number;
  cpu: number;
}

/** Usage of each process tree named by its first pid, none counted twice: a tree inside another belongs to the inner one. */
export function usageOf(pids: readonly number[]): Map<number, Usage> {
  const parents = process.platform === 'linux' ? parentsFromProc() : parentsFromPs();
  const wanted = new Set(pids);
  const totals = new Map(pids.map((pid) => [pid, { pss: 0, cpu: 0 }]));
  for (const pid of parents.keys()) {
    let at: number | undefined = pid;
    while (at !== undefined && !wanted.has(at)) at = parents.get(at);
    const total = at === undefined ? undefined : totals.get(at);
    if (!total) continue;
    const { pss, cpu } = process.platform === 'linux' ? usageFromProc(pid) : usageFromPs(pid);
    total.pss += pss;
    total.cpu += cpu;
  }
  return totals;
}

/**
 * Gives back what this process no longer uses: after the manifests have been read that is a third of it, which V8 would
 * keep until it needs the room. Through the inspector, because `--expose-gc` makes V8 refuse the compile cache.
 */
export async function returnUnused(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}

function parentsFromProc(): Map<number, number> {
  const rows = processIds().map((pid) => [pid, Number(statFields(pid)[1])] as const);
  return new Map(rows.filter(([, parent]) => Number.isFinite(parent)));
}

function usageFromProc(pid: number): Usage {
  const pss = /^Pss:\s+(\d+)/m.exec(readProcess(pid, 'smaps_rollup'))?.[1];
  const stat = statFields(pid);
  const ticks = Number(stat[11] ?? 0) + Number(stat[12] ?? 0); // utime, stime; 100 a second on every Linux that Node runs on
  return { pss: Number(pss ?? 0) * 1024, cpu: ticks * 10 };
}

function parentsFromPs(): Map<number, number> {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return new Map(rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]));
}

/** macOS knows no PSS: resident memory, which counts shared pages for everybody who has them. */
function usageFromPs(pid: number): Usage {
  try {
    return { pss: Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) * 1024, cpu: 0 };
  } catch {
    return { pss: 0, cpu: 0 };
  }
}
