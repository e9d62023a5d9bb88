import { compare } from '../../manifests/compare.ts';
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
  const earlier = new Set<string>();
  return http.flatMap(({ match }, index) => {
    const texts = match.map(canonical);
    const known = texts.map((text) => earlier.has(text));
    // In its own entry, a match counts after it.
    const repeated = texts.map((text) => earlier.size === earlier.add(text).size);
    const at = (what: string) => [warning(resource, ['spec', 'http', index], `has a rule that is never used: ${what}`)];
    if (all >= 0 && index > all) return at('an earlier one, without match, gets every request');
    if (match.length > 0 && known.every(Boolean)) return at('earlier ones have the same matches');
    return match.flatMap((_one, place) => {
      if (!repeated[place]) return [];
      const what = 'has a match that is never used: the same one stands before it';
      return [warning(resource, ['spec', 'http', index, 'match', place], what)];
    });
  });
}

/** A text that equal values share, in whatever order their fields are. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => compare(a, b));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join()}}`;
}
