import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { SCHEMAS } from '@tuesday/mesh/manifests';
import { fieldsOf } from '../fields/schema-fields.ts';

type Value = Record<string, unknown>;

/** An object whose one field has an odd value. */
export interface OddObject {
  /** `Service spec.ports[].name`. */
  field: string;
  /** The value as JSON; `absent`: the field is left out. */
  value: string;
  object: Value;
}

const A = (length: number) => 'a'.repeat(length);

/** Values that a field of a type may not take, or may: what counts is that an API server and this mesh agree. */
const ODD: Readonly<Record<string, readonly unknown[]>> = {
  string: ['', 'a', 'A_b', '-a', 'a.b', 'a b', 'a/b', '*', '1', '10s', A(16), A(64), A(254), 1, true, [], {}],
  number: [-1, 0, 1, 1.5, 101, 600, 65_536, 2_147_483_648, '1', 'a', [], {}],
  boolean: [true, false, 'true', 1, [], {}],
};

/** Values of a whole list or map. */
const ODD_LISTS = (first: unknown): unknown[] => [[], [first, first], [null], 'a', {}];
const ODD_MAPS = (first: unknown): unknown[] => [
  {},
  { '': first },
  { 'a b': first },
  { [A(64)]: first },
  { 'A.b/c': first },
  [],
  'a',
];

/** Their value says which object it is. */
const OTHERS = /^(apiVersion|kind|metadata\.namespace)$/;
/** A StatefulSet's template has the schema of a Deployment's, and the parts of a DestinationRule that of its trafficPolicy. */
const REPEATED = /^StatefulSet spec\.template\.|(subsets\[\]\.trafficPolicy|portLevelSettings\[\])\.(?!tls\.|port\.)/;

const WHOLE = parseAllDocuments(readFileSync(new URL('whole.yaml', import.meta.url), 'utf8')).map(
  (one) => one.toJS() as Value,
);

/** For every field that is read, and for every list and map, an object with each odd value. Throws an Error for a field that whole.yaml lacks. */
export function oddObjects(): OddObject[] {
  const kinds = (Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]).filter((kind) => kind !== 'MeshPolicy');
  return kinds.flatMap((kind) => {
    const wholes = WHOLE.filter((one) => one['kind'] === kind);
    const paths = fieldsOf(SCHEMAS[kind])
      .map(({ path }) => path)
      .filter((path) => !OTHERS.test(path) && !REPEATED.test(`${kind} ${path}`));
    return withContainers(paths).flatMap((path) => objectsWith(`${kind} ${path}`, path, wholes));
  });
}

/** The paths with those of the lists and maps around them. */
function withContainers(paths: readonly string[]): string[] {
  const around = paths.flatMap((path) => [...path.matchAll(/\[\]|\.\*/g)].map(({ index }) => path.slice(0, index)));
  return [...new Set([...paths, ...around])];
}

function objectsWith(field: string, path: string, wholes: readonly Value[]): OddObject[] {
  const steps = path.replaceAll('[]', '.[]').split('.');
  const whole = wholes.find((one) => valueAt(one, steps) !== undefined);
  if (whole === undefined) {
    if (/metadata\.namespace|clusterIP/.test(path)) return [];
    throw new Error(`No object of whole.yaml has ${field}.`);
  }
  return [...oddFor(valueAt(whole, steps)), undefined].map((value) => {
    const object = structuredClone(whole);
    const last = steps.at(-1)!;
    const holder = valueAt(object, steps.slice(0, -1), last) as Value;
    holder[last === '[]' || last === '*' ? Object.keys(holder)[0]! : last] = value;
    return { field, value: JSON.stringify(value) ?? 'absent', object: JSON.parse(JSON.stringify(object)) as Value };
  });
}

function oddFor(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return ODD_LISTS(value[0]);
  if (typeof value === 'object' && value !== null) return ODD_MAPS(Object.values(value)[0]);
  return ODD[typeof value] ?? [];
}

/** The value at a path; of a list the first entry that has the rest, of a map the first. `last` is a step more that must exist. */
function valueAt(value: unknown, steps: readonly string[], last?: string): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return last === undefined || hasStep(value, last) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const inside = step === '[]' || step === '*' ? Object.values(value) : [(value as Value)[step]];
  return inside.map((one) => valueAt(one, rest, last)).find((found) => found !== undefined);
}

function hasStep(value: unknown, step: string): boolean {
  return valueAt(value, [step]) !== undefined;
}
