import { kubectl } from './kubectl.ts';

/**
 * Runs SQL with psql inside PostgreSQL's pod: the way in that needs no sidecar, because it opens no connection. `$1`… are
 * bound by EXECUTE, which psql of every version has.
 */
export async function queryInPod<Row extends object>(
  database: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
  const script = `set client_min_messages = error;
prepare question as ${text};
create temporary table answer as execute question${given};
select coalesce(json_agg(answer), '[]') from answer;
`;
  const words = ['exec', '-i', 'postgres-0', '-c', 'postgres', '--', 'psql', '-v', 'ON_ERROR_STOP=1', '-qAtX'];
  return JSON.parse(await kubectl([...words, '-U', 'postgres', '-d', database], script)) as Row[];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return `'${`${value as string}`.replaceAll("'", "''")}'`;
}
