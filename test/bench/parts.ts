import { type Usage, usageOf } from '../../places/local/processes/memory.ts';
import { processesOf } from '../support/processes.ts';
import type { RunningShop } from './shops.ts';

export const PARTS = ['apps', 'sidecars', 'runner', 'PostgreSQL'] as const;
export type Part = (typeof PARTS)[number] | 'all';

/** What each part of a running shop uses now: bytes of PSS, and milliseconds of CPU since its start. Linux only. */
export function partsOf({ pid, state }: RunningShop): Record<Part, Usage> {
  const processes = processesOf(state).filter((one) => one.pid !== pid);
  const partOf = new Map([
    [pid, 'runner' as Part],
    ...processes.map(({ pid: one, command }) => [one, part(command)] as const),
  ]);
  const parts: Record<Part, Usage> = {
    apps: none(),
    sidecars: none(),
    runner: none(),
    PostgreSQL: none(),
    all: none(),
  };
  for (const [one, { pss, cpu }] of usageOf([...partOf.keys()]))
    for (const name of [partOf.get(one)!, 'all'] as const) {
      parts[name].pss += pss;
      parts[name].cpu += cpu;
    }
  return parts;
}

const none = (): Usage => ({ pss: 0, cpu: 0 });

function part(command: string): Part {
  if (/envoy\b.* -c /.test(command)) return 'sidecars';
  return /postgres/.test(command) ? 'PostgreSQL' : 'apps';
}

export const mebibytes = (bytes: number): number => bytes / 2 ** 20;
