import type { Path } from '../yaml/places.ts';

/** The table in which a field has its row, and its path there: names only, without the positions of lists. */
export interface FieldPlace {
  /** A kind, or `Object` (what every object has), `Pod` (a template), `TrafficPolicy` (of a host, a subset or a port). */
  table: string;
  path: string;
}

/** Parts of objects that have a table of their own, because several places have them. */
const SHARED: readonly [place: RegExp, table: string, path: string][] = [
  [/^\w+ (?:spec\.volumeClaimTemplates\.)?(apiVersion|kind|(?:status|metadata)(?:\..+)?)$/, 'Object', '$1'],
  [/^(?:Deployment|StatefulSet) spec\.template\.(.+)$/, 'Pod', '$1'],
  [/^DestinationRule spec\.(?:subsets\.)?trafficPolicy\.(?:portLevelSettings\.)?(.+)$/, 'TrafficPolicy', '$1'],
];
const PROBES = /^(spec\.containers\.)(?:liveness|startup)Probe\b/;

/** Where the row of a field is. `path` as in an object: `['spec', 'ports', 0, 'nodePort']`. */
export function placeOf(kind: string, path: Path): FieldPlace {
  const names = path.filter((step) => typeof step === 'string').join('.');
  const [pattern, table, inner] = SHARED.find(([place]) => place.test(`${kind} ${names}`)) ?? [];
  if (pattern === undefined || table === undefined) return { table: kind, path: names };
  const own = `${kind} ${names}`.replace(pattern, inner ?? '');
  return { table, path: own.replace(PROBES, '$1readinessProbe') };
}

/** By table, by what to do instead (the rest of a sentence): the paths of the fields, each with everything under it. */
export type RefusedFields = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
