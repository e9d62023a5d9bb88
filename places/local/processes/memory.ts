import { execFileSync } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { parentsFromProc, readProcess, statFields } from './proc.ts';

/** What a process and its descendants use. `pss`: memory in bytes, where a shared page counts in equal parts for each of its processes; `cpu`: time in ms since the start. */
export interface Usage {
  pss: number;
  cpu: number;
}

/** Usage of process trees by the pid of their root. No process counts twice: a tree inside another counts for the inner root only. */
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
 * Frees memory that this process no longer uses. After the manifests have been read this is a third of the heap, and V8
 * would keep it until it needs the room. Uses the inspector, because with `--expose-gc` V8 refuses the compile cache.
 */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}

function usageFromProc(pid: number): Usage {
  const pss = /^Pss:\s+(\d+)/m.exec(readProcess(pid, 'smaps_rollup'))?.[1];
  const stat = statFields(pid);
  const ticks = Number(stat[11] ?? 0) + Number(stat[12] ?? 0); // utime, stime; 100 a second on every Linux that Node runs on
  return { pss: Number(pss ?? 0) * 1024, cpu: ticks * 10 };
}

function parentsFromPs(): Map<number, number> {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8', timeout: 5_000 }).trim().split('\n');
  return new Map(rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]));
}

/** macOS has no PSS: this is resident memory, where a shared page counts in full for each process. */
function usageFromPs(pid: number): Usage {
  try {
    return {
      pss: Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8', timeout: 5_000 })) * 1024,
      cpu: 0,
    };
  } catch {
    return { pss: 0, cpu: 0 };
  }
}
