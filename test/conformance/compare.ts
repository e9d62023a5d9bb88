import { KINDS } from './recording.ts';
import type { View } from './view.ts';

/** A field that is not the same on both sides, or stands on one only. */
export interface Difference {
  /** With every name and number in brackets: `clusters[outbound|80||a].type`. */
  path: string;
  istio: unknown;
  ours: unknown;
}

/** How many fields were compared, and those that differ. */
export interface Comparison {
  fields: number;
  differences: Difference[];
}

/** Compares two configurations field by field. Where the order of a list means nothing it is compared as a set. */
export function compareViews(istio: View, ours: View): Comparison {
  const differences: Difference[] = [];
  const [left, right] = [fieldsOf(istio), fieldsOf(ours)];
  const paths = new Set([...left.keys(), ...right.keys()]);
  for (const path of paths)
    if (left.get(path) !== right.get(path)) differences.push({ path, istio: left.get(path), ours: right.get(path) });
  return { fields: paths.size, differences };
}

/** Every value that holds no others, by its path. */
function fieldsOf(view: View): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const kind of KINDS)
    for (const [name, xds] of Object.entries(view[kind])) collect(xds, { path: `${kind}[${name}]`, fields });
  return fields;
}

function collect(value: unknown, { path, fields }: { path: string; fields: Map<string, unknown> }): void {
  if (Array.isArray(value)) {
    // An empty list is none. Of a set the members say all, of a list their number as well.
    if (value.length > 0 && !SETS.test(path)) fields.set(`${path}.length`, value.length);
    for (const [index, entry] of value.entries())
      collect(entry, { path: `${path}[${keyOf(path, entry, index)}]`, fields });
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) fields.set(path, '{}');
    for (const [key, entry] of entries) collect(entry, { path: `${path}.${key}`, fields });
  } else fields.set(path, value);
}

/** Lists whose order means nothing. */
const SETS = /\.(domains|virtual_hosts|query_parameters|lb_endpoints)$/;

/** What a member of a set is known by; of anything else the order counts. */
function keyOf(path: string, entry: unknown, index: number): string {
  if (path.endsWith('.domains')) return `${entry}`;
  const { name, endpoint } = (entry ?? {}) as { name?: unknown; endpoint?: { address?: unknown } };
  if (/\.(virtual_hosts|query_parameters)$/.test(path)) return `${name}`;
  if (path.endsWith('.lb_endpoints')) return JSON.stringify(endpoint?.address);
  return typeof name === 'string' ? `${index} ${name}` : `${index}`;
}
