import type { Pair } from './certificate.ts';

/**
 * The roots of a mesh. Every proxy trusts all of them, but only one signs. There is never a next one beside an old one: a
 * rotation ends before another one begins.
 */
export interface Roots {
  /** It signs. */
  active: Pair;
  /** It will sign when every proxy trusts it. */
  next?: Pair;
  /** It has signed. At the time `until` (ISO 8601) its last certificate has expired, and nobody needs it any more. */
  old?: { certificate: string; until: string };
}

/** All roots, PEM, the oldest first: when the next one becomes active, the text stays the same. */
export function bundleOf({ old, active, next }: Roots): string {
  return [old, active, next].map((root) => root?.certificate ?? '').join('');
}
