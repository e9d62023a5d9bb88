import { isDeepStrictEqual } from 'node:util';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';

/**
 * Entries of a VirtualService's `http` that no request reaches: an earlier one has no `match`, or the same ones. Istio's
 * webhook warns of them too (istio/istio, pkg/config/validation/validation.go analyzeUnreachableHTTPRules).
 */
export function unusedRules(resource: Resource): Warning[] {
  const { http } = asKind(resource, 'VirtualService').spec;
  const all = http.findIndex(({ match }) => match.length === 0);
  return http.flatMap(({ match }, index) => {
    const at = (what: string) => [warning(resource, ['spec', 'http', index], `has a rule that is never used: ${what}`)];
    if (all >= 0 && index > all) return at('an earlier one, without match, gets every request');
    const earlier = http.slice(0, index).flatMap((one) => one.match);
    const isTaken = (one: object) => earlier.some((other) => isDeepStrictEqual(other, one));
    return match.length > 0 && match.every(isTaken) ? at('earlier ones have the same matches') : [];
  });
}
