import type { z } from 'zod';
import { ManifestError } from './resource.ts';
import { insteadOfField, refusedUnder } from './fields/refused.ts';
import { didYouMean } from './kinds/schema.ts';
import { kindOf } from './kinds/table.ts';
import type { ParsedDocument } from './yaml/parse.ts';
import type { Path } from './yaml/places.ts';

type Issue = z.core.$ZodIssue;

/** The document as its schema parses it. Throws ManifestError, with file and line, for the first error. */
export function checked<S extends z.ZodType>(
  schema: S,
  document: ParsedDocument,
  { file, kind }: { file: string; kind: string },
): z.output<S> {
  const { success, data, error } = schema.safeParse(document.value);
  if (success) return data;
  const { issue, line } = firstIssue(error.issues, document);
  throw new ManifestError({ file, line }, sentenceOf(kind, issue, document.value));
}

/**
 * The issue to report: the first one in the file, but unknown field names come before all other errors, because a
 * misspelt name also makes the right one missing.
 */
function firstIssue(issues: readonly Issue[], { lineOf }: ParsedDocument): { issue: Issue; line: number } {
  const unknown = issues.filter(({ code }) => code === 'unrecognized_keys');
  const placed = (unknown.length > 0 ? unknown : issues).map((issue) => ({ issue, line: lineOf(pathOf(issue)) }));
  return placed.reduce((first, one) => (one.line < first.line ? one : first));
}

/** Of an unknown field, its own path. */
function pathOf(issue: Issue): (string | number)[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  return issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
}

/** A schema's message with this placeholder is about the whole object, not about one of its fields: it is used as it is. */
const OBJECT = '{object}';

/** Without file, line and full stop. */
function sentenceOf(kind: string, issue: Issue, document: unknown): string {
  const path = pathOf(issue);
  const placeOf = (steps: Path) => [kind, fieldPath(steps)].filter(Boolean).join(' ');
  if (issue.code === 'unrecognized_keys')
    return `"${path.at(-1)}" in ${placeOf(path.slice(0, -1))} ${unknownField(kind, path, issue.message)}`;
  if (issue.message.includes(OBJECT))
    return issue.message.replace(OBJECT, () => `${kind} ${String(valueAt(document, ['metadata', 'name']))}`);
  const value = valueAt(document, path);
  if (value === undefined && issue.code !== 'custom') return `${placeOf(path.slice(0, -1))} needs "${path.at(-1)}"`;
  const isNullEntry = value === null && typeof path.at(-1) === 'number';
  const what = isNullEntry ? 'must not be null (not modelled locally)' : requirement(issue, value);
  const showable =
    isScalar(value) && what.startsWith('must be ') && issue.code !== 'invalid_key' && !isSecret(kind, path);
  return `${placeOf(path)} ${what}${showable ? `, not ${JSON.stringify(value)}` : ''}`;
}

/** Of a kind whose fields all have a row somewhere it is clear whether a cluster has the field. `similar` names a field that is like it. */
function unknownField(kind: string, path: Path, similar: string): string {
  if (kindOf(kind) === undefined) return `is unknown or not modelled locally.${similar}`;
  const instead = insteadOfField(kind, path);
  if (instead !== undefined) return `is not modelled locally: ${instead}`;
  return `is unknown.${similar || didYouMean(String(path.at(-1)), refusedUnder(kind, path.slice(0, -1)))}`;
}

function requirement(issue: Issue, value: unknown): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (/^(must|is) /.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') return typeRequirement(issue.expected, value);
  if (issue.code === 'invalid_value') return valueRequirement(issue.values.map(String));
  return `is not as Kubernetes wants it (${issue.message})`;
}

const TYPES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function typeRequirement(expected: string, value: unknown): string {
  const wanted = `must be ${TYPES[expected] ?? expected}`;
  if (expected !== 'string') return wanted;
  if (typeof value === 'boolean')
    return `${wanted} (YAML reads y, n, yes, no, on and off as true or false: put it in quotes)`;
  return typeof value === 'number' ? `${wanted} (put it in quotes)` : wanted;
}

function valueRequirement(values: string[]): string {
  const known = values.map((name) => `"${name}"`).join(', ');
  return values.length === 1 ? `must be ${known}` : `must be one of ${known}`;
}

/** Secrets and env can contain passwords, which a message must not show. */
function isSecret(kind: string, path: Path): boolean {
  return kind === 'Secret' || path.includes('env');
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function valueAt(document: unknown, path: Path): unknown {
  let value = document;
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
  return value;
}

/** `spec.ports[0].name`; a key with other characters is put into brackets: `metadata.labels["a/b"]`. */
export function fieldPath(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('')
    .replace(/^\./, '');
}
