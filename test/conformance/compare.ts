import { KINDS } from './recording.ts';
import type { View } from './view.ts';

/** A field that differs. A field that only one side has is one difference, whatever it contains. */
export interface Difference {
  /** Names and list positions are in brackets: `clusters[outbound|80||a].type`. */
  path: string;
  /** Undefined where that side has no such field. */
  istio: unknown;
  ours: unknown;
}

/** The number of compared fields, and the differences. */
export interface Comparison {
  fields: number;
  differences: Difference[];
}

/** Lists without a meaningful order, compared as sets. */
const SETS = /\.(domains|virtual_hosts|query_parameters|lb_endpoints)$/;
/** Sources of resources, each compared as one field. */
const WHOLE = /\.(eds_config|sds_config|config_source)$/;

/** Compares two configurations field by field: every value without fields of its own, and the length of every list. */
export function compareViews(istio: View, ours: View): Comparison {
  const compared = KINDS.flatMap((kind) =>
    [...new Set([...Object.keys(istio[kind]), ...Object.keys(ours[kind])])].map((name) =>
      compareResources(`${kind}[${name}]`, istio[kind][name], ours[kind][name]),
    ),
  );
  return {
    fields: compared.reduce((sum, { fields }) => sum + fields, 0),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

/** Most proxies of most cases have the same resources: each pair is compared once. */
const known = new Map<string, Comparison>();

function compareResources(path: string, istio: unknown, ours: unknown): Comparison {
  const pair = `${path} ${JSON.stringify(istio)} ${JSON.stringify(ours)}`;
  const result = known.get(pair) ?? { fields: 0, differences: [] };
  if (!known.has(pair)) compare(entryOf(path, istio), entryOf(path, ours), result);
  known.set(pair, result);
  return result;
}

type Entries = Map<string, unknown>;

function compare(istio: Entries, ours: Entries, result: Comparison): void {
  for (const path of new Set([...istio.keys(), ...ours.keys()])) {
    const [left, right] = [istio.get(path), ours.get(path)];
    if (hasFields(path, left) && hasFields(path, right)) compare(inside(path, left), inside(path, right), result);
    else {
      result.fields++;
      if (!isSame(left, right)) result.differences.push({ path, istio: left, ours: right });
    }
  }
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || (left !== undefined && JSON.stringify(left) === JSON.stringify(right));
}

/** An empty object has no fields and is compared as a value. */
function hasFields(path: string, value: unknown): value is object {
  return typeof value === 'object' && value !== null && !WHOLE.test(path) && Object.keys(value).length > 0;
}

function inside(path: string, value: object): Entries {
  // In protobuf an empty list is the same as none.
  const there = ([, entry]: [string, unknown]) => !(Array.isArray(entry) && entry.length === 0);
  if (!Array.isArray(value))
    return new Map(Object.entries(value).flatMap((one) => (there(one) ? [[`${path}.${one[0]}`, one[1]]] : [])));
  const members = value.map((entry, index): [string, unknown] => [`${path}[${keyOf(path, entry, index)}]`, entry]);
  return new Map(SETS.test(path) ? members : [[`${path}.length`, value.length], ...members]);
}

function entryOf(path: string, resource: unknown): Entries {
  return new Map(resource === undefined ? [] : [[path, resource]]);
}

/** The key of a member: for sets its identity, for other lists its position. */
function keyOf(path: string, entry: unknown, index: number): string {
  if (path.endsWith('.domains')) return `${entry}`;
  const { name, endpoint } = (entry ?? {}) as { name?: unknown; endpoint?: { address?: unknown } };
  if (/\.(virtual_hosts|query_parameters)$/.test(path)) return `${name}`;
  if (path.endsWith('.lb_endpoints')) return JSON.stringify(endpoint?.address);
  return typeof name === 'string' ? `${index} ${name}` : `${index}`;
}
