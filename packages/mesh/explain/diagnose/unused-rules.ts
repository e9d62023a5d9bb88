import { isDeepStrictEqual } from 'node:util';
import { asKind } from '../../manifests/kinds/typed.ts';
import type { Resource } from '../../manifests/resource.ts';
import { warning, type Warning } from '../../manifests/warnings/warning.ts';

/**
 * Entries of a VirtualService's `http`, and matches of an entry, that no request reaches: an earlier one has no `match`, or the same ones. Istio's
 * webhook warns of them too (istio/istio, pkg/config/validation/validation.go analyzeUnreachableHTTPRules).
 */
export function unusedRules(resource: Resource): Warning[] {
  const { http } = asKind(resource, 'VirtualService').spec;
  const all = http.findIndex(({ match }) => match.length === 0);
  return http.flatMap(({ match }, index) => {
    const at = (what: string) => [warning(resource, ['spec', 'http', index], `has a rule that is never used: ${what}`)];
    if (all >= 0 && index > all) return at('an earlier one, without match, gets every request');
    const earlier = http.slice(0, index).flatMap((one) => one.match);
    const isIn = (others: readonly object[], one: object) => others.some((other) => isDeepStrictEqual(other, one));
    if (match.length > 0 && match.every((one) => isIn(earlier, one))) return at('earlier ones have the same matches');
    return match.flatMap((one, place) => {
      if (!isIn([...earlier, ...match.slice(0, place)], one)) return [];
      const what = 'has a match that is never used: the same one stands before it';
      return [warning(resource, ['spec', 'http', index, 'match', place], what)];
    });
  });
}
