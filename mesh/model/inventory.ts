import type { Resource } from '../manifests/resource.ts';

/** What was applied, by kind. */
export interface Inventory {
  /** In the order in which Istio asks objects of the same age: by name, then by namespace. */
  of(kind: string): readonly Resource[];
  /** Those of one namespace, in the same order. */
  within(kind: string, namespace: string): readonly Resource[];
}

export function inventory(resources: readonly Resource[]): Inventory {
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  for (const list of kinds.values()) list.sort(byName);
  const places = new Map<string, readonly Resource[]>();
  return {
    of: (kind) => kinds.get(kind) ?? [],
    within(kind, namespace) {
      const key = `${kind} ${namespace}`;
      const known =
        places.get(key) ?? (kinds.get(kind) ?? []).filter(({ metadata }) => metadata.namespace === namespace);
      places.set(key, known);
      return known;
    },
  };
}

function byName(a: Resource, b: Resource): number {
  return compare(a.metadata.name, b.metadata.name) || compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '');
}

/** Byte by byte, as Go compares: the order must not depend on a locale. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
