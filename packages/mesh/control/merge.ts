import { isMapping } from '../manifests/server-fields.ts';

/** The bodies of an object: as it was applied last, as it is now, and as it is applied now. */
interface Three {
  last: unknown;
  live: unknown;
  next: unknown;
}

/**
 * The body after an apply, as kubectl's three-way merge makes it: what is written now; what is neither written now nor was
 * written by the apply before stays as it is, such as replicas that were scaled by hand; what only the apply before wrote goes.
 * A list is replaced as a whole. Source: kubernetes.io, "Declarative Management of Kubernetes Objects", how apply calculates differences.
 */
export function merged({ last, live, next }: Three): unknown {
  if (!isMapping(live) || !isMapping(next)) return next;
  const before = isMapping(last) ? last : {};
  const kept = Object.entries(live).filter(([name]) => !(name in next) && !(name in before));
  const written = Object.entries(next).map(([name, value]): [string, unknown] => [
    name,
    merged({ last: before[name], live: live[name], next: value }),
  ]);
  return Object.fromEntries([...written, ...kept]);
}
