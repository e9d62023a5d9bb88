import { megabytes } from './numbers.ts';
import { indent, table } from '@tuesday/mesh/explain';
import type { Workload } from './workloads.ts';

/** The Istio objects, and whether they are in force. */
export interface InForce {
  /** A summary of what they do, or their number by kind; '' where there is none. */
  istio: string;
  mesh: boolean;
  /** Number of Envoys that use them. */
  sidecars: number;
}

/** The table of workloads, grouped by namespace where there are several. Its last lines say what is in force. */
export function workloadTable(workloads: readonly Workload[], inForce: InForce): string {
  const several = new Set(workloads.map(({ namespace }) => namespace)).size > 1;
  const meshed = workloads.some(({ identity }) => identity !== undefined);
  const rows = workloads.map(({ namespace, name, ready, restarts, memory, identity, sidecar }, index) => [
    ...(several ? [namespace] : []),
    name,
    ready,
    `${restarts}`,
    memory === 0 ? '-' : megabytes(memory),
    ...(meshed ? [shortIdentity(identity, workloads[index - 1]?.identity), sidecar ? megabytes(sidecar) : '-'] : []),
  ]);
  const heading = [
    ...(several ? ['NAMESPACE'] : []),
    'WORKLOAD',
    'READY',
    'RESTARTS',
    'MEMORY',
    ...(meshed ? ['IDENTITY', 'SIDECAR'] : []),
  ];
  return indent(table([heading, ...rows])) + noteOf(inForce);
}

/** Shortened where it begins like the one above it: `…/sa/checkout`. */
function shortIdentity(identity: string | undefined, above: string | undefined): string {
  const place = (text = '') => text.slice(0, text.lastIndexOf('/sa/'));
  if (identity === undefined) return '-';
  return place(identity) === place(above) ? `…${identity.slice(place(identity).length)}` : identity;
}

function noteOf({ istio, mesh, sidecars }: InForce): string {
  if (istio === '') return '';
  if (mesh && istio.startsWith('mTLS')) return `\n  ${istio}\n`;
  return `\n  ${istio}: ${mesh ? `in force in ${sidecars} Envoys` : 'not in force: started with --no-mesh'}\n`;
}
