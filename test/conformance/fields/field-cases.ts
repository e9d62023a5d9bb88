import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Resource, SCHEMAS, readText } from '@tuesday/mesh/manifests';
import { type Case, MESH_CONFIG, ROOT, aged } from '../cases.ts';
import { BASES, BESIDE, COMPANIONS, CONTEXT, type Part } from './samples.ts';
import { fieldsOf } from './schema-fields.ts';
import { CONDITIONS, KEYS, VALUES } from './values.ts';

/** An object in which one field has a value other than its default, and the same object without the field. */
export interface FieldCase extends Case {
  kind: string;
  /** As in recordings/fields.json: `spec.http[].timeout`. */
  path: string;
  without: Case;
}

/** The namespaces of the object, by turns: the callee's, a caller's, and the root namespace. */
const NAMESPACES = ['shop', 'away', 'istio-system'];
const WORLD = 'test/conformance/fields/world.yaml';

/** The paths of a kind's fields that Istio's generator reads, by the rows of VALUES. */
export function fieldsWithCases(kind: keyof typeof SCHEMAS): string[] {
  return fieldsOf(SCHEMAS[kind]).flatMap(({ path }) => (valuesOf(kind, path) === undefined ? [] : [path]));
}

/** A case for each value of each field. */
export function fieldCasesOf(): FieldCase[] {
  const world = readText({ file: WORLD, text: readFileSync(join(ROOT, WORLD), 'utf8'), namespace: 'shop' });
  let turn = 0;
  return (Object.keys(BASES) as (keyof typeof SCHEMAS)[]).flatMap((kind) =>
    fieldsWithCases(kind).flatMap((path) =>
      (valuesOf(kind, path) ?? []).map((value) => {
        const namespace = kind === 'Gateway' || kind === 'Service' ? 'shop' : NAMESPACES[turn++ % 3]!;
        const named = `field/${kind} ${path}=${JSON.stringify(value)}`;
        const caseOf = (name: string, spec: Part): Case => ({
          name,
          resources: aged([...world, ...objects(kind, path, { namespace, spec })]),
          meshConfig: MESH_CONFIG,
        });
        return {
          ...caseOf(named, withField(kind, path, value)),
          kind,
          path,
          without: caseOf(`${named} without`, withContext(kind, path)),
        };
      }),
    ),
  );
}

function valuesOf(kind: string, path: string): readonly unknown[] | undefined {
  if (BASES[kind] === undefined || !path.startsWith('spec.')) return undefined;
  if (path === 'spec.rules[].when[].key') return CONDITIONS;
  return VALUES.find(([pattern]) => pattern.test(`${kind} ${path}`))?.[1];
}

function objects(kind: string, path: string, { namespace, spec }: { namespace: string; spec: Part }): Resource[] {
  const beside = BESIDE.filter(([pattern]) => pattern.test(`${kind} ${path}`));
  const written = [
    ...beside.map(([, other, part]) => ({ kind: other, name: 'beside', namespace: 'shop', spec: part })),
    { kind, name: 'field', namespace, spec },
  ];
  const text = written
    .map(({ kind: of, name, namespace: where, spec: part }) =>
      stringify({ apiVersion: BASES[of]!.apiVersion, kind: of, metadata: { name, namespace: where }, spec: part }),
    )
    .join('---\n');
  return readText({ file: `${kind} ${path}`, text, namespace: 'shop' });
}

/** The base of the kind with what the field needs. */
function withContext(kind: string, path: string): Part {
  return merged(kind, path, CONTEXT);
}

function withField(kind: string, path: string, value: unknown): Part {
  const whole = { spec: structuredClone(merged(kind, path, [...CONTEXT, ...COMPANIONS])) } as Record<string, unknown>;
  if (path === 'spec.rules[].when[].key') put(whole, 'spec.rules[].when[]', value);
  else put(whole, path.replace(/\[\]$/, '').replace(/\*/, keyFor(kind, path)), value);
  return whole['spec'] as Part;
}

function merged(kind: string, path: string, parts: typeof CONTEXT): Part {
  const whole = { spec: structuredClone(BASES[kind]?.spec ?? {}) } as Record<string, unknown>;
  for (const [pattern, at, part] of parts) {
    if (!pattern.test(`${kind} ${path}`)) continue;
    // `$` stands for what comes before in the field's own path.
    const place = at.startsWith('$') ? path.slice(0, path.indexOf(at.slice(1)) + at.length - 1) : at;
    for (const [name, value] of Object.entries(part)) put(whole, `${place}.${name}`, value);
  }
  return whole['spec'] as Part;
}

function keyFor(kind: string, path: string): string {
  return KEYS.find(([pattern]) => pattern.test(`${kind} ${path}`))![1];
}

/** Sets the value at a path; of a list it is the first entry. Undefined removes the field. */
function put(whole: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.');
  let holder = whole;
  for (const [index, step] of steps.entries()) {
    const name = step.replace('[]', '');
    const isLast = index === steps.length - 1;
    if (isLast && !step.endsWith('[]')) {
      if (value === undefined) delete holder[name];
      else holder[name] = value;
      return;
    }
    if (step.endsWith('[]')) {
      const list = (holder[name] ??= []) as Record<string, unknown>[];
      if (isLast) list[0] = value as Record<string, unknown>;
      holder = list[0] ??= {};
    } else holder = (holder[name] ??= {}) as Record<string, unknown>;
  }
}
