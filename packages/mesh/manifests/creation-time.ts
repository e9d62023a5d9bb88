import { compare } from './compare.ts';
import type { Resource } from './resource.ts';

/**
 * For Array.sort: Istio's order of precedence. The older object comes first; objects of the same second are ordered by
 * name, then by namespace (istio/istio, sortConfigByCreationTime). Objects that were never applied come before all others.
 */
export function byCreationTime(a: Resource, b: Resource): number {
  return (
    compare(createdAt(a), createdAt(b)) ||
    compare(a.metadata.name, b.metadata.name) ||
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '')
  );
}

/** When an object was first applied, in whole seconds since 1970; 0 if it was never applied. */
export function createdAt({ appliedAt }: Resource): number {
  return appliedAt === undefined ? 0 : Math.floor(appliedAt / 1000);
}
