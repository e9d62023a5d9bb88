import type { HttpRoute } from '../manifests/kinds/istio/http-route.ts';
import { asKind } from '../manifests/kinds/typed.ts';
import type { Resource } from '../manifests/resource.ts';

/**
 * Explains weights that do not add up to 100: `9:1, that is 90 % v1, 10 % v2`. Undefined for other kinds than
 * VirtualService, and if all weights are percentages.
 */
export function weightsNote(resource: Resource): string | undefined {
  if (resource.kind !== 'VirtualService') return undefined;
  const notes = asKind(resource, 'VirtualService').spec.http.flatMap(({ route }) => sharesOf(route));
  return notes.length === 0 ? undefined : [...new Set(notes)].join('; ');
}

function sharesOf(route: HttpRoute['route']): string[] {
  const sum = route.reduce((total, { weight }) => total + weight, 0);
  if (route.length < 2 || sum === 0 || sum === 100) return [];
  const shares = route.map(({ destination: { subset, host }, weight }) => {
    return `${Number(((100 * weight) / sum).toFixed(2))} % ${subset ?? host}`;
  });
  return [`${route.map(({ weight }) => weight).join(':')}, that is ${shares.join(', ')}`];
}
