import type { Match, Route } from './route.ts';

/**
 * The name of a route's spans in Istio: the destination and the matched path. With several destinations or none, it is
 * the VirtualService's name instead of the host (istio/istio, route.go GetRouteOperation).
 */
export function spanName(
  action: Route['action'],
  { uri }: Match,
  { owner, port }: { owner: string; port: number },
): string {
  const [first] = action.kind === 'forward' && !action.weighted ? action.destinations : [];
  const place = first ? `${first.destination.fqdn}:${first.destination.port}` : `${owner}:${port}`;
  return `${place}${pathOf(uri)}`;
}

function pathOf(uri: Match['uri']): string {
  if (uri === undefined) return '/*';
  if ('prefix' in uri) return `${uri.prefix}*`;
  return 'exact' in uri ? uri.exact : uri.regex;
}
