import { closestName } from '../closest-name.ts';
import { goBoolean } from '../go-boolean.ts';
import { kindOf } from '../kinds/table.ts';
import { podTemplateOf } from '../kinds/typed.ts';
import { ManifestError, type Resource } from '../resource.ts';
import type { Path } from '../yaml/places.ts';
import { ANNOTATIONS } from './annotations.ts';
import { captureMistake } from './capture.ts';
import type { IstioName, Place } from './istio-name.ts';
import { LABELS } from './labels.ts';

/** A label or annotation of an object, or of the pods that it makes. */
interface Written {
  as: IstioName['as'];
  name: string;
  value: string;
  places: readonly Place[];
  path: Path;
}

const ROWS = { label: byName(LABELS), annotation: byName(ANNOTATIONS) };
const DRY_RUN = 'istio.io/dry-run';

/**
 * Throws ManifestError for a label or annotation with which Istio does not accept the object, or whose effect is too large to
 * leave out. Source: istio/istio, pkg/config/validation/validation.go checkDryRunAnnotation.
 */
export function rejectIstioNames(resource: Resource): void {
  for (const { as, name, value, places, path } of writtenIn(resource)) {
    const fail = (what: string): never => {
      const source = { file: resource.source.file, line: resource.lineOf(path) };
      throw new ManifestError(source, `${as} ${name} of ${resource.kind} ${resource.metadata.name} ${what}`);
    };
    const row = ROWS[as].get(name);
    if (row?.treatment === 'refused' && places.some((place) => row.on.includes(place)) && !row.harmless?.test(value))
      fail(`is not modelled locally: in a cluster ${row.what}`);
    const mistake = as === 'annotation' && places.includes('Pod') ? captureMistake(name, value) : undefined;
    if (mistake !== undefined) fail(mistake);
    if (!places.includes('Config')) continue;
    if (name.startsWith('internal.istio.io/')) fail('is for Istio itself');
    if (as !== 'annotation' || name !== DRY_RUN) continue;
    if (!places.includes('AuthorizationPolicy')) fail('is for AuthorizationPolicies only');
    if (goBoolean(value) === undefined) fail(`must be "true" or "false", not "${value}"`);
  }
}

/** What a reader should know of the labels and annotations of Istio's that an object has; the field, and the end of a sentence. */
export function istioNameWarnings(resource: Resource): { path: Path; what: string }[] {
  return writtenIn(resource).flatMap(({ as, name, value, places, path }) => {
    const what = warningFor({ as, name, value, places });
    return what === undefined ? [] : [{ path, what: `has ${as} ${name}, ${what}` }];
  });
}

function warningFor({ as, name, value, places }: Omit<Written, 'path'>): string | undefined {
  const row = ROWS[as].get(name);
  const none = 'it has no effect';
  if (row === undefined) {
    const other = as === 'label' ? 'annotation' : 'label';
    if (ROWS[other].has(name)) return `which is ${other === 'label' ? 'a label' : 'an annotation'} in Istio: ${none}`;
    const near = closestName(name, [...ROWS[as].keys()]);
    return `which Istio does not have: ${none}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
  }
  if (!row.on.includes('Any') && !places.some((place) => row.on.includes(place)))
    return `which Istio does not read there${row.on.includes('Pod') ? ' but in spec.template.metadata' : ''}: ${none}`;
  if (row.treatment !== 'warned' || row.harmless?.test(value)) return undefined;
  return `which has no effect here: in a cluster ${row.what}`;
}

function writtenIn(resource: Resource): Written[] {
  const { metadata } = resource;
  const pods = podTemplateOf(resource)?.metadata;
  return [
    ...namesIn(metadata, placesOf(resource.kind), ['metadata']),
    ...(pods === undefined ? [] : namesIn(pods, ['Pod'], ['spec', 'template', 'metadata'])),
  ];
}

function namesIn(
  { labels, annotations }: Pick<Resource['metadata'], 'labels' | 'annotations'>,
  places: readonly Place[],
  path: Path,
): Written[] {
  const each = (as: IstioName['as'], field: string, all: Record<string, string>) =>
    Object.entries(all)
      .filter(([name]) => isOfIstio(name))
      .map(([name, value]): Written => ({ as, name, value, places, path: [...path, field, name] }));
  return [...each('label', 'labels', labels), ...each('annotation', 'annotations', annotations)];
}

function isOfIstio(name: string): boolean {
  return name === 'istio-injection' || /^([-a-z0-9]+\.)*istio\.io\//.test(name);
}

function placesOf(kind: string): readonly Place[] {
  if (kind === 'Namespace' || kind === 'Service') return [kind];
  if (kind === 'AuthorizationPolicy') return [kind, 'Config'];
  return kindOf(kind)?.group.endsWith('istio.io') ? ['Config'] : [];
}

function byName(rows: readonly IstioName[]): ReadonlyMap<string, IstioName> {
  return new Map(rows.map((row) => [row.name, row]));
}
