import { checked } from './schema-error.ts';
import { apiVersionsOf, kindOf, READABLE, type Kind, type KindName } from './kinds/table.ts';
import { didYouMean } from './kinds/schema.ts';
import { insteadOf } from './kinds/unmodelled.ts';
import { SCHEMAS } from './kinds/schemas.ts';
import { rejectIstioNames } from './istio-names/check.ts';
import { withCurrentKind } from './mesh-policy.ts';
import { ManifestError, type Resource } from './resource.ts';
import { isMapping, withoutServerFields } from './server-fields.ts';
import { MOST_OBJECT_BYTES } from './yaml/limits.ts';
import { parseYaml, type ParsedDocument } from './yaml/parse.ts';
import type { Path } from './yaml/places.ts';

/**
 * The objects of one YAML text, in order, each checked; a `kind: List` is replaced by its items. `file` is the name that the
 * user gave, which is in every message; `namespace` is for objects without one.
 * Throws ManifestError with one sentence for the first error.
 */
export function readText({ file, text, namespace }: { file: string; text: string; namespace: string }): Resource[] {
  const documents = parseYaml(file, text);
  if (documents.length === 0) throw new ManifestError({ file, line: 1 }, 'holds no Kubernetes object');
  return documents.flatMap((document) => items(file, document)).map((item) => toResource(item, file, namespace));
}

/** The items of a List, such as `kubectl get -o yaml` writes, or of a DeploymentList and its like; else the document itself. */
function items(file: string, document: ParsedDocument): ParsedDocument[] {
  const { value, lineOf } = document;
  if (!isMapping(value) || typeof value['kind'] !== 'string' || !value['kind'].endsWith('List')) return [document];
  if (!Array.isArray(value['items']))
    throw new ManifestError({ file, line: lineOf(['items']) }, `${value['kind']} needs "items", a list`);
  return value['items'].flatMap((item: unknown, index) =>
    items(file, { value: item, lineOf: (path: Path) => lineOf(['items', index, ...path]) }),
  );
}

function toResource(document: ParsedDocument, file: string, namespace: string): Resource {
  const { lineOf } = document;
  const fail = (path: Path, what: string): never => {
    throw new ManifestError({ file, line: lineOf(path) }, what);
  };
  if (!isMapping(document.value))
    return fail([], 'holds no Kubernetes object, which is a mapping that begins with apiVersion and kind');
  const written = withoutServerFields(present(document.value, isNull));
  const kind = knownKind(written, fail);
  if (JSON.stringify(written).length > MOST_OBJECT_BYTES)
    fail([], `${kind.kind} has more than ${MOST_OBJECT_BYTES / 1024 / 1024} MiB`);
  const body = kind.group.endsWith('istio.io') ? written : present(written, isEmptyText);
  const typed = checked(SCHEMAS[kind.kind], { value: body, lineOf }, { file, kind: kind.kind });
  // Safe: the kind's schema has accepted it.
  const { namespace: own, ...rest } = body['metadata'] as Partial<Resource['metadata']> & { name: string };
  const metadata = kind.namespaced ? { ...rest, namespace: own || namespace } : rest;
  const resource: Resource = {
    apiVersion: String(body['apiVersion']),
    kind: kind.kind,
    metadata: { labels: {}, annotations: {}, ...metadata },
    body: { ...body, metadata },
    typed: { ...typed, metadata },
    parse: (other) => SCHEMAS[kind.kind].parse(other),
    source: { file, line: lineOf(['kind']) },
    lineOf,
  };
  rejectIstioNames(resource);
  return withCurrentKind(resource);
}

function knownKind(body: Record<string, unknown>, fail: (path: Path, what: string) => never): Kind<KindName> {
  const { kind, apiVersion } = body;
  if (typeof kind !== 'string') return fail(['kind'], 'a Kubernetes object needs "kind", a string');
  if (kind === 'Kustomization') return fail(['kind'], 'a kustomization is read with -k and its folder, not with -f');
  const instead = insteadOf(kind, apiVersion);
  if (instead !== undefined)
    return fail(['kind'], `${kind} (${String(apiVersion)}) is not modelled locally: ${instead}`);
  const known = kindOf(kind);
  if (known === undefined) {
    const kinds = READABLE.map((entry) => entry.kind);
    return fail(['kind'], `kind "${kind}" is unknown.${didYouMean(kind, kinds)}`);
  }
  if (typeof apiVersion !== 'string') return fail(['apiVersion'], `${kind} needs "apiVersion", a string`);
  const versions = apiVersionsOf(known);
  if (!versions.includes(apiVersion)) {
    const what = `apiVersion "${apiVersion}" of ${kind} is unknown or not modelled locally`;
    return fail(['apiVersion'], `${what}. Did you mean "${versions[0]}"?`);
  }
  return known;
}

const STRING_MAPS = new Set(['data', 'stringData', 'labels', 'annotations', 'matchLabels']);

/** In Kubernetes a field without a value (null) counts as absent, except in maps of strings, where it is an error. */
const isNull = (_key: string, value: unknown) => value === null;

/** Here an empty text is a value. */
const KEEPS_EMPTY = new Set([
  'appProtocol',
  'fsGroupChangePolicy',
  'internalTrafficPolicy',
  'ipFamilyPolicy',
  'maxSurge',
  'maxUnavailable',
  'storageClassName',
  'volumeMode',
  'cpu',
  'memory',
  'ephemeral-storage',
  'storage',
  'sizeLimit',
]);

/** In Kubernetes an empty text is the same as none, except in maps of strings and in lists. Istio's own kinds differ. */
const isEmptyText = (key: string, value: unknown) => value === '' && !KEEPS_EMPTY.has(key);

/** A mapping without the fields that count as absent, also those further in, but not in maps of strings. */
function present(
  value: Record<string, unknown>,
  isAbsent: (key: string, value: unknown) => boolean,
): Record<string, unknown> {
  const inner = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(inner);
    return isMapping(one) ? present(one, isAbsent) : one;
  };
  const kept = Object.entries(value).filter(([key, one]) => !isAbsent(key, one));
  return Object.fromEntries(kept.map(([key, one]) => [key, STRING_MAPS.has(key) ? one : inner(one)]));
}
