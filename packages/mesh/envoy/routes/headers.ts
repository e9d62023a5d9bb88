import { compare } from '../../manifests/compare.ts';
import type { HeaderChanges, Headers } from '../../model/routing/route.ts';

/**
 * The header changes of a route and of its destination as one, in this order.
 * Source: istio.io/istio pilot/pkg/networking/core/route/route.go, TranslateHeadersOperations.
 */
export function headerChanges(...levels: (Headers | undefined)[]): object {
  const given = levels.filter((level) => level !== undefined);
  return { ...changes('request', given), ...changes('response', given) };
}

function changes(side: 'request' | 'response', levels: Headers[]): object {
  const added = levels.flatMap((level) => toAdd(level[side]));
  const removed = levels.flatMap((level) => level[side].remove);
  return {
    ...(added.length > 0 && { [`${side}_headers_to_add`]: added }),
    ...(removed.length > 0 && { [`${side}_headers_to_remove`]: removed }),
  };
}

function toAdd({ set, add }: HeaderChanges): object[] {
  return [
    ...sorted(set).map((header) => ({ header, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' })),
    ...sorted(add).map((header) => ({ header })),
  ];
}

function sorted(values: Record<string, string>): { key: string; value: string }[] {
  return Object.entries(values)
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => compare(a.key, b.key));
}
