import type { Match, Route } from './route.ts';

/**
 * What Istio calls the spans of a route: where it leads and the path it asks for; the VirtualService's name in place of
 * the host where it leads to several or nowhere (istio/istio, route.go GetRouteOperation).
 */
export function spanOf(
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
