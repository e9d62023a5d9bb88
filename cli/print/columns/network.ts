import { at, type KubeObject } from '../../shop/objects.ts';
import { column, type Columns, NONE } from './columns.ts';
import { printLabels } from './workload.ts';

interface Port {
  port: number;
  protocol?: string;
  nodePort?: number;
}

export const SERVICE: Columns = [
  column('TYPE', (object) => `${at(object, 'spec', 'type') ?? 'ClusterIP'}`),
  column('CLUSTER-IP', (object) => `${at(object, 'spec', 'clusterIP') ?? NONE}`),
  column('EXTERNAL-IP', () => NONE),
  column('PORT(S)', (object) => list<Port>(object, 'spec', 'ports').map(printPort).join(',') || NONE),
];

export const SERVICE_WIDE: Columns = [
  column(
    'SELECTOR',
    (object) => printLabels(at(object, 'spec', 'selector') as Record<string, string> | undefined),
    true,
  ),
];

export const ENDPOINTS: Columns = [column('ENDPOINTS', printEndpoints)];

interface Subset {
  addresses?: { ip: string }[];
  ports?: { port: number }[];
}

function printPort({ port, nodePort, protocol = 'TCP' }: Port): string {
  return `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`;
}

/** kubectl shows three of them. */
function printEndpoints(object: KubeObject): string {
  const all = list<Subset>(object, 'subsets').flatMap(({ addresses = [], ports = [] }) =>
    ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
  );
  if (all.length === 0) return NONE;
  return all.length > 3 ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...` : all.join(',');
}

function list<T>(object: KubeObject, ...path: string[]): T[] {
  const value = at(object, ...path);
  return Array.isArray(value) ? value : [];
}
