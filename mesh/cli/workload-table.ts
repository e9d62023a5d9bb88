import { megabytes } from './numbers.ts';
import { indent, table } from './table.ts';
import type { Workload } from './workloads.ts';

/** The Istio documents, and whether anybody does what they say. */
export interface InForce {
  /** Them by kind; '' where there is none. */
  istio: string;
  mesh: boolean;
  /** Envoys that do. */
  sidecars: number;
}

/** The table of workloads, grouped by namespace where there are several. Its last lines say what is in force. */
export function workloadTable(workloads: readonly Workload[], inForce: InForce): string {
  const several = new Set(workloads.map(({ namespace }) => namespace)).size > 1;
  const rows = workloads.map(({ namespace, name, ready, restarts, memory }) => [
    ...(several ? [namespace] : []),
    name,
    ready,
    `${restarts}`,
    memory === 0 ? '-' : megabytes(memory),
  ]);
  const heading = [...(several ? ['NAMESPACE'] : []), 'WORKLOAD', 'READY', 'RESTARTS', 'MEMORY'];
  return indent(table([heading, ...rows])) + noteOf(inForce);
}

function noteOf({ istio, mesh, sidecars }: InForce): string {
  if (istio === '') return '';
  return `\n  ${istio}: ${mesh ? `in force in ${sidecars} Envoys` : 'not in force: started without --mesh'}\n`;
}
