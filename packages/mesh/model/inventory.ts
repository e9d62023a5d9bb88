import { byCreationTime } from '../manifests/creation-time.ts';
import type { Resource } from '../manifests/resource.ts';

/** The applied objects, by kind. */
export interface Inventory {
  /** All objects of a kind, in Istio's order of precedence (byCreationTime). */
  of(kind: string): readonly Resource[];
  /** Those of one namespace, in the same order. */
  within(kind: string, namespace: string): readonly Resource[];
}

export function inventory(resources: readonly Resource[]): Inventory {
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  for (const list of kinds.values()) list.sort(byCreationTime);
  const byNamespace = new Map<string, readonly Resource[]>();
  return {
    of: (kind) => kinds.get(kind) ?? [],
    within(kind, namespace) {
      const key = `${kind} ${namespace}`;
      const known =
        byNamespace.get(key) ?? (kinds.get(kind) ?? []).filter(({ metadata }) => metadata.namespace === namespace);
      byNamespace.set(key, known);
      return known;
    },
  };
}
