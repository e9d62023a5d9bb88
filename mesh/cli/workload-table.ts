import { megabytes } from './numbers.ts';
import { indent, table } from './table.ts';
import type { Workload } from './workloads.ts';

/** The table of workloads, grouped by namespace where there are several. Its last lines say what is not in force. */
export function workloadTable(workloads: readonly Workload[], istio: string): string {
  const several = new Set(workloads.map(({ namespace }) => namespace)).size > 1;
  const rows = workloads.map(({ namespace, name, ready, restarts, memory }) => [
    ...(several ? [namespace] : []),
    name,
    ready,
    `${restarts}`,
    memory === 0 ? '-' : megabytes(memory),
  ]);
  const heading = [...(several ? ['NAMESPACE'] : []), 'WORKLOAD', 'READY', 'RESTARTS', 'MEMORY'];
  const note = istio === '' ? '' : `\n  ${istio}: not in force: no mesh yet\n`;
  return indent(table([heading, ...rows])) + note;
}
