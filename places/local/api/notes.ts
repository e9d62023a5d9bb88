import type { Ref } from '../../../packages/mesh/manifests/resource.ts';
import type { VirtualService } from '../../../packages/mesh/manifests/kinds/istio/virtual-service.ts';
import { asKind } from '../../../packages/mesh/manifests/kinds/typed.ts';
import type { Resource } from '../../../packages/mesh/manifests/resource.ts';
import type { ApiShop as Runner } from './request.ts';

/** What is worth saying about a changed object beside that it changed. */
export interface Note {
  /** Weights that do not add up to 100, and what they mean. */
  note?: string;
  /** Where it was read from. */
  source?: { file: string; line: number };
}

/** Adds to each change where its object stands, and what its weights come to. */
export function withNotes<T extends { changes: { ref: Ref }[] }>(
  { store }: Pick<Runner, 'store'>,
  changed: T,
): T & { changes: (T['changes'][number] & Note)[] } {
  const changes = changed.changes.map((change) => {
    const resource = store.get(change.ref);
    return { ...change, ...(resource && { source: resource.source, ...noteOf(resource) }) };
  });
  return { ...changed, changes };
}

function noteOf(resource: Resource): Note {
  if (resource.kind !== 'VirtualService') return {};
  const notes = asKind(resource, 'VirtualService').spec.http.flatMap(({ route }) => sharesOf(route));
  return notes.length === 0 ? {} : { note: [...new Set(notes)].join('; ') };
}

type Written = VirtualService['spec']['http'][number]['route'];

/** `9:1, that is 90 % v1, 10 % v2`; nothing for one destination, and for weights that are percentages already. */
function sharesOf(route: Written): string[] {
  const sum = route.reduce((total, { weight }) => total + weight, 0);
  if (route.length < 2 || sum === 0 || sum === 100) return [];
  const shares = route.map(({ destination: { subset, host }, weight }) => {
    return `${Number(((100 * weight) / sum).toFixed(2))} % ${subset ?? host}`;
  });
  return [`${route.map(({ weight }) => weight).join(':')}, that is ${shares.join(', ')}`];
}
