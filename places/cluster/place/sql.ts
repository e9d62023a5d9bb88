import type { Place } from '../../place.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';

/**
 * Runs SQL with psql inside PostgreSQL's pod: this needs no sidecar, because it opens no connection to the pod. EXECUTE
 * binds `$1`…, in psql of every version. `kubectl` is in the shop's namespace.
 */
export const sqlInPod = (kubectl: Kubectl): Place['sql'] =>
  async function sql<Row extends object>(database: string, text: string, values: readonly unknown[] = []) {
    const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
    const script = `set client_min_messages = error;
prepare question as ${text};
create temporary table answer as execute question${given};
select coalesce(json_agg(answer), '[]') from answer;
`;
    const words = ['exec', '-i', 'postgres-0', '-c', 'postgres', '--', 'psql', '-v', 'ON_ERROR_STOP=1', '-qAtX'];
    return JSON.parse(await kubectl.output([...words, '-U', 'postgres', '-d', database], script)) as Row[];
  };

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return `'${`${value as string}`.replaceAll("'", "''")}'`;
}
