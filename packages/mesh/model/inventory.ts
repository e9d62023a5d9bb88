import { byCreationTime } from '../manifests/creation-time.ts';
import { type PolicyKind, selectorOf } from '../manifests/kinds/typed.ts';
import type { Pod } from '../manifests/labels.ts';
import type { Resource } from '../manifests/resource.ts';
import { selectorIndex } from './selector-index.ts';

/** The applied objects, by kind. */
export interface Inventory {
  /** All objects of a kind, in Istio's order of precedence (byCreationTime). */
  of(kind: string): readonly Resource[];
  /** Those of one namespace, in the same order. */
  within(kind: string, namespace: string): readonly Resource[];
  /** Those of the pod's namespace that apply to it, in the same order. */
  applyingTo(kind: PolicyKind, pod: Pod): readonly Resource[];
}

export function inventory(resources: readonly Resource[]): Inventory {
  const kinds = Map.groupBy(resources, ({ kind }) => kind);
  for (const list of kinds.values()) list.sort(byCreationTime);
  const byNamespace = new Map<string, readonly Resource[]>();
  const indexes = new Map<PolicyKind, ReturnType<typeof selectorIndex<Resource>>>();
  return {
    of: (kind) => kinds.get(kind) ?? [],
    within(kind, namespace) {
      const key = `${kind} ${namespace}`;
      const known =
        byNamespace.get(key) ?? (kinds.get(kind) ?? []).filter(({ metadata }) => metadata.namespace === namespace);
      byNamespace.set(key, known);
      return known;
    },
    applyingTo(kind, pod) {
      const index =
        indexes.get(kind) ??
        selectorIndex(kinds.get(kind) ?? [], (one) => {
          return { namespace: one.metadata.namespace ?? '', selector: selectorOf(one, kind) };
        });
      indexes.set(kind, index);
      return index(pod);
    },
  };
}
