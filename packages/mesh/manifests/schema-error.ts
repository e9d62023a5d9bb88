import type { z } from 'zod';
import { ManifestError } from './resource.ts';
import { insteadOfField, refusedUnder } from './fields/refused.ts';
import { didYouMean } from './kinds/schema.ts';
import { kindOf } from './kinds/table.ts';
import type { ParsedDocument, Path } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** The document as its schema parses it. Throws ManifestError, with file and line, for the first error. */
export function checked<S extends z.ZodType>(
  schema: S,
  document: ParsedDocument,
  { file, kind }: { file: string; kind: string },
): z.output<S> {
  const { success, data, error } = schema.safeParse(document.value);
  if (success) return data;
  const { path, what } = firstError(kind, error.issues, document);
  throw new ManifestError({ file, line: document.lineOf(path) }, what);
}

interface SchemaError {
  path: Path;
  /** A sentence without file, line and full stop. */
  what: string;
}

/**
 * The error to report: the first one in the file, but unknown field names come before all other errors, because a
 * misspelt name also makes the right one missing.
 */
function firstError(kind: string, issues: readonly Issue[], document: ParsedDocument): SchemaError {
  const errors = issues.map((issue) => ({
    ...errorOf(kind, issue, document.value),
    known: issue.code !== 'unrecognized_keys',
  }));
  errors.sort((a, b) => Number(a.known) - Number(b.known) || document.lineOf(a.path) - document.lineOf(b.path));
  const [first] = errors;
  if (first === undefined) throw new Error('there is no error to report');
  return first;
}

/** A schema's message with this placeholder is about the whole object, not about one of its fields: it is used as it is. */
const OBJECT = '{object}';

function errorOf(kind: string, issue: Issue, document: unknown): SchemaError {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const place = [kind, fieldPath(path)].filter(Boolean).join(' ');
  if (issue.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    return {
      path: [...path, name],
      what: `"${name}" in ${place} ${unknownField(kind, [...path, name], issue.message)}`,
    };
  }
  if (issue.message.includes(OBJECT)) {
    const name = String(valueAt(document, ['metadata', 'name']));
    return { path, what: issue.message.replace(OBJECT, `${kind} ${name}`) };
  }
  const value = valueAt(document, path);
  if (value === undefined && issue.code !== 'custom') {
    return { path, what: `${[kind, fieldPath(path.slice(0, -1))].filter(Boolean).join(' ')} needs "${path.at(-1)}"` };
  }
  const isNullEntry = value === null && typeof path.at(-1) === 'number';
  const what = isNullEntry ? 'must not be null (not modelled locally)' : requirement(issue, value);
  const showable =
    isScalar(value) && what.startsWith('must be ') && issue.code !== 'invalid_key' && !isSecret(kind, path);
  return { path, what: `${place} ${what}${showable ? `, not ${JSON.stringify(value)}` : ''}` };
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
