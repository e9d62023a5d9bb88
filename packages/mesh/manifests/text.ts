import { firstError } from './schema-error.ts';
import { apiVersionsOf, kindOf, READABLE, type Kind, type KindName } from './kinds/table.ts';
import { didYouMean } from './kinds/schema.ts';
import { SCHEMAS } from './kinds/schemas.ts';
import { withCurrentKind } from './mesh-policy.ts';
import { ManifestError, type Resource } from './resource.ts';
import { parseYaml, type ParsedDocument, type Path } from './yaml.ts';

export interface TextOptions {
  /** The name that the user gave; it is in every message. */
  file: string;
  text: string;
  /** For objects without a namespace. */
  namespace: string;
}

/**
 * The objects of one YAML text, in order, each checked; a `kind: List` is replaced by its items.
 * Throws ManifestError with one sentence for the first error.
 */
export function readText({ file, text, namespace }: TextOptions): Resource[] {
  const documents = parseYaml(file, text);
  if (documents.length === 0) throw new ManifestError({ file, line: 1 }, 'holds no Kubernetes object');
  return documents.flatMap((document) => items(file, document)).map((item) => toResource(item, { file, namespace }));
}

/** The items of a List, as `kubectl get -o yaml` writes it, or the document itself. */
function items(file: string, document: ParsedDocument): ParsedDocument[] {
  const { value, lineOf } = document;
  if (!isMapping(value) || value['kind'] !== 'List') return [document];
  if (!Array.isArray(value['items']))
    throw new ManifestError({ file, line: lineOf(['items']) }, 'List needs "items", a list');
  return value['items'].map((item: unknown, index) => ({
    value: item,
    lineOf: (path: Path) => lineOf(['items', index, ...path]),
  }));
}

function toResource(document: ParsedDocument, { file, namespace }: Omit<TextOptions, 'text'>): Resource {
  const { lineOf } = document;
  const fail = (path: Path, what: string): never => {
    throw new ManifestError({ file, line: lineOf(path) }, what);
  };
  if (!isMapping(document.value))
    return fail([], 'holds no Kubernetes object, which is a mapping that begins with apiVersion and kind');
  // The API server ignores a status in what is applied; `kubectl get -o yaml` writes one.
  const { status: _, ...body } = withoutNulls(document.value);
  const kind = knownKind(body, fail);
  const checked = SCHEMAS[kind.kind].safeParse(body);
  if (!checked.success) {
    const error = firstError(kind.kind, checked.error.issues, { value: body, lineOf });
    return fail(error.path, error.what);
  }
  const source = { file, line: lineOf(['kind']) };
  return withCurrentKind(inNamespace({ body, typed: checked.data, kind, source, lineOf }, namespace));
}

function knownKind(body: Record<string, unknown>, fail: (path: Path, what: string) => never): Kind<KindName> {
  const { kind, apiVersion } = body;
  if (typeof kind !== 'string') return fail(['kind'], 'a Kubernetes object needs "kind", a string');
  if (kind === 'Kustomization') return fail(['kind'], 'a kustomization is read with -k and its folder, not with -f');
  const known = kindOf(kind);
  if (known === undefined) {
    return fail(
      ['kind'],
      `kind "${kind}" is unknown or not modelled locally.${didYouMean(
        kind,
        READABLE.map((entry) => entry.kind),
      )}`,
    );
  }
  if (typeof apiVersion !== 'string') return fail(['apiVersion'], `${kind} needs "apiVersion", a string`);
  const versions = apiVersionsOf(known);
  if (!versions.includes(apiVersion)) {
    return fail(
      ['apiVersion'],
      `apiVersion "${apiVersion}" of ${kind} is unknown or not modelled locally. Did you mean "${versions[0]}"?`,
    );
  }
  return known;
}

interface Checked {
  body: Record<string, unknown>;
  typed: unknown;
  kind: Kind;
  source: Resource['source'];
  lineOf: Resource['lineOf'];
}

function inNamespace({ body, typed, kind, source, lineOf }: Checked, fallback: string): Resource {
  // Safe: the kind's schema has accepted it.
  const written = body['metadata'] as { name: string; namespace?: string } & Partial<
    Pick<Resource['metadata'], 'labels' | 'annotations'>
  >;
  const { namespace = fallback, ...rest } = written;
  const metadata = kind.namespaced ? { ...rest, namespace } : rest;
  return {
    apiVersion: String(body['apiVersion']),
    kind: kind.kind,
    metadata: { labels: {}, annotations: {}, ...metadata },
    body: { ...body, metadata },
    typed: { ...(typed as object), metadata },
    source,
    lineOf,
  };
}

const STRING_MAPS = new Set(['data', 'stringData', 'labels', 'annotations', 'matchLabels']);

/** In Kubernetes a field without a value (null) counts as absent, except in maps of strings, where it is an error. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  const withoutInnerNulls = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(withoutInnerNulls);
    return isMapping(inner) ? withoutNulls(inner) : inner;
  };
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, STRING_MAPS.has(key) ? inner : withoutInnerNulls(inner)]));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
