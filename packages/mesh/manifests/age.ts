import { compare } from './compare.ts';
import type { Resource } from './resource.ts';

/**
 * Which of two objects Istio asks first: the older one, in whole seconds, as Kubernetes counts them; of two of the same
 * age the one whose name, then namespace, comes first (istio/istio, sortConfigByCreationTime). What was only read has
 * no age. For Array.sort.
 */
export function byAge(a: Resource, b: Resource): number {
  return (
    compare(since(a), since(b)) ||
    compare(a.metadata.name, b.metadata.name) ||
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '')
  );
}

/** When an object was first applied, in whole seconds since 1970; 0 if it was only read. */
export function since({ appliedAt }: Resource): number {
  return appliedAt === undefined ? 0 : Math.floor(appliedAt / 1000);
}
