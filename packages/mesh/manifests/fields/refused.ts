import { REFUSED_OF_ISTIO } from './refused-istio.ts';
import { REFUSED_OF_KUBERNETES } from './refused-kubernetes.ts';
import { REFUSED_OF_PODS } from './refused-pods.ts';
import { placeOf } from './place.ts';
import type { Path } from '../yaml/places.ts';

/** What to do instead, by table and path. A field of Kubernetes or Istio that no schema here has stands in it. */
export const REFUSED: ReadonlyMap<string, string> = new Map(
  [REFUSED_OF_KUBERNETES, REFUSED_OF_PODS, REFUSED_OF_ISTIO].flatMap((tables) =>
    Object.entries(tables).flatMap(([table, rows]) =>
      Object.entries(rows).flatMap(([instead, paths]) =>
        paths.map((path): [string, string] => [`${table} ${path}`, instead]),
      ),
    ),
  ),
);

/** What to do instead of a field that a cluster has and this mesh does not; undefined for a field that a cluster does not have. */
export function insteadOfField(kind: string, path: Path): string | undefined {
  const { table, path: names } = placeOf(kind, path);
  return REFUSED.get(`${table} ${names}`) ?? REFUSED.get(`${table} ${names.replace(/\.[^.]+$/, '.*')}`);
}

/** The names of such fields directly under a path. */
export function refusedUnder(kind: string, path: Path): string[] {
  const start = placeOf(kind, [...path, '']);
  const before = `${start.table} ${start.path}`;
  return [...REFUSED.keys()]
    .flatMap((key) => (key.startsWith(before) ? [key.slice(before.length)] : []))
    .filter((name) => /^\w+$/.test(name));
}
