import { isDeepStrictEqual } from 'node:util';
import { type Resource, refOf } from '@tuesday/mesh/manifests';

/** The objects of a file whose parsed content is new since it was read before. Of two documents for one object the last one counts. */
export function changedSince(before: readonly Resource[], now: readonly Resource[]): Resource[] {
  const known = byRef(before);
  return [...byRef(now)].flatMap(([ref, resource]) =>
    isDeepStrictEqual(known.get(ref)?.body, resource.body) ? [] : [resource],
  );
}

function byRef(resources: readonly Resource[]): Map<string, Resource> {
  return new Map(resources.map((resource) => [JSON.stringify(refOf(resource)), resource]));
}
