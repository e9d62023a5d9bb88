import { REFUSED, SCHEMAS, placeOf } from '@tuesday/mesh/manifests';
import { type AcceptedFields, NO_EFFECT, RUN, WARNED } from './accepted.ts';
import { fieldsWithCases } from './field-cases.ts';
import { type RecordedField, readFields } from './recorded-fields.ts';
import { type SchemaField, fieldsOf } from './schema-fields.ts';

/** One line of a table of docs/fields.md. */
export interface FieldRow {
  table: string;
  /** `spec.http.timeout`; `**` at the end stands for everything under it. */
  path: string;
  /** Undefined: there is no row for it. */
  treatment?: 'modelled' | 'no effect' | 'warned' | 'refused';
  what: string;
}

type Said = Omit<FieldRow, 'table' | 'path'>;

/** What a row says of a field, by `TABLE PATH`. */
const WRITTEN = new Map<string, Said>([
  ...[...REFUSED].map(([key, what]): [string, Said] => [key, { treatment: 'refused', what }]),
  ...rowsOf(NO_EFFECT, 'no effect'),
  ...rowsOf(WARNED, 'warned'),
  ...rowsOf(RUN, 'modelled'),
]);

function rowsOf(tables: AcceptedFields, treatment: NonNullable<FieldRow['treatment']>) {
  return Object.entries(tables).flatMap(([table, rows]) =>
    Object.entries(rows).map(([path, what]): [string, Said] => [`${table} ${path}`, { treatment, what }]),
  );
}

/** The fields of a kind as rows, each once, with what is wrong with them: fields without a row, and rows that do not say what happens. */
export function fieldRows(): { rows: FieldRow[]; faults: string[] } {
  const rows = new Map<string, FieldRow>();
  const faults: string[] = [];
  for (const [kind, recorded] of Object.entries(readFields())) {
    const accepted = new Map(fieldsOf(SCHEMAS[kind as keyof typeof SCHEMAS]).map((one) => [one.path, one]));
    const cased = new Set(fieldsWithCases(kind as keyof typeof SCHEMAS));
    for (const field of recorded) {
      const isParent = recorded.some(({ path }) => path.startsWith(`${field.path}.`));
      const row = rowOf(kind, field, { accepted: accepted.get(field.path), hasCase: cased.has(field.path), isParent });
      if (row === undefined) continue;
      if (row.treatment === undefined) faults.push(`${kind} ${field.path} has no row`);
      const isTaken = accepted.has(field.path);
      const server = row.what === 'a server writes it';
      if (
        !isParent &&
        row.treatment !== undefined &&
        (row.treatment === 'refused') === isTaken &&
        !(server && !isTaken)
      )
        faults.push(`${kind} ${field.path} is ${isTaken ? 'taken' : 'refused'}, and its row says ${row.treatment}`);
      const key = `${row.table} ${row.path.replace(/\.\*\*$/, '')}`;
      // Of the same row one kind may have fields under it, and another may not.
      if ((rows.get(key)?.path.length ?? 0) < row.path.length) rows.set(key, row);
    }
  }
  for (const key of WRITTEN.keys())
    if (!rows.has(key) && !key.startsWith('MeshPolicy ')) faults.push(`${key} is a row of no field`);
  return { rows: [...rows.values()], faults };
}

interface Known {
  accepted: SchemaField | undefined;
  hasCase: boolean;
  isParent: boolean;
}

/** The row of a field; undefined where only the fields under it have rows. */
function rowOf(
  kind: string,
  { path, values = [] }: RecordedField,
  { accepted, hasCase, isParent }: Known,
): FieldRow | undefined {
  const { table, path: place } = placeOf(kind, path.replaceAll('[]', '').split('.'));
  const covering = coveringRow(table, place);
  if (covering !== undefined) {
    const [at, row] = covering;
    return { table, path: at === place && !isParent ? at : `${at}.**`, ...row };
  }
  if (isParent) return undefined;
  if (!hasCase) return { table, path: place, what: '' };
  const refused = values.filter((value) => accepted?.values?.includes(value) === false);
  const what = refused.length === 0 ? '' : `not ${refused.join(', ')}`;
  return { table, path: place, treatment: 'modelled', what };
}

/** The longest row that stands for a field. */
function coveringRow(table: string, place: string): [string, Said] | undefined {
  const names = place.split('.');
  for (let length = names.length; length > 0; length--) {
    const at = names.slice(0, length).join('.');
    const row = WRITTEN.get(`${table} ${at}`);
    if (row !== undefined) return [at, row];
  }
  return undefined;
}
