import type { HeaderChanges, Headers } from '../../model/routing/route.ts';
import { compare } from '../../manifests/compare.ts';

/** The changes of several places as one, the outer first: what a route says stands before what its destination says. */
export function headerChanges(...places: (Headers | undefined)[]): object {
  const said = places.filter((place) => place !== undefined);
  return { ...changes('request', said), ...changes('response', said) };
}

function changes(side: 'request' | 'response', places: Headers[]): object {
  const added = places.flatMap((place) => toAdd(place[side]));
  const removed = places.flatMap((place) => place[side].remove);
  return {
    ...(added.length > 0 && { [`${side}_headers_to_add`]: added }),
    ...(removed.length > 0 && { [`${side}_headers_to_remove`]: removed }),
  };
}

// The authority is no header to Envoy: it is rewritten, see `rewrittenAuthority`.
function toAdd({ set, add }: HeaderChanges): object[] {
  return [
    ...sorted(set)
      .filter(([name]) => !isAuthority(name))
      .map((header) => ({ header: pair(header), append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' })),
    ...sorted(add).map((header) => ({ header: pair(header) })),
  ];
}

/** What the changes put in place of the host that was asked for, if they do. */
export function rewrittenAuthority(headers: Headers | undefined): string | undefined {
  return Object.entries(headers?.request.set ?? {}).find(([name]) => isAuthority(name))?.[1];
}

function isAuthority(name: string): boolean {
  return ['host', ':authority'].includes(name.toLowerCase());
}

function sorted(values: Record<string, string>): [string, string][] {
  return Object.entries(values).sort(([a], [b]) => compare(a, b));
}

function pair([key, value]: [string, string]) {
  return { key, value };
}
