import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import { because } from '../because.ts';
import type { ResolvedDestination } from './destinations.ts';
import { toForward } from './forward.ts';
import { headerChanges } from './header-changes.ts';
import { MATCH_ALL, isCatchAll, appliesTo, toMatch, type ProxyPort } from './matches.ts';
import { toRedirect, toResponse } from './redirect-and-response.ts';
import { spanName } from './spans.ts';
import type { Match, Route } from './route.ts';
import type { VirtualService } from './virtual-services.ts';

/** The proxy that gets the routes, and the function that resolves its destinations. */
export interface RouteReader {
  proxy: ProxyPort;
  resolve(written: Written, virtualService: VirtualService): ResolvedDestination;
}

/**
 * The routes of a VirtualService that apply to a proxy, one for each entry of `match`, in order. Routes after one that
 * matches every request are left out. The list is empty if all entries are for other proxies.
 * Source: istio/istio, route.go BuildHTTPRoutesForVirtualService.
 */
export function routesIn(virtualService: VirtualService, reading: RouteReader): Route[] {
  const routes: Route[] = [];
  for (const [index, http] of virtualService.http.entries()) {
    const to = { virtualService, reading, index };
    if (http.match.length === 0) return [...routes, toRoute(http, { name: http.name, match: MATCH_ALL }, to)];
    for (const written of http.match) {
      if (!appliesTo(reading.proxy, written, virtualService.namespace)) continue;
      const name = written.name ? `${http.name ?? ''}.${written.name}` : http.name;
      const route = toRoute(http, { name, match: toMatch(written) }, to);
      routes.push(route);
      if (isCatchAll(route.match)) return routes;
    }
  }
  return routes;
}

interface Position {
  virtualService: VirtualService;
  reading: RouteReader;
  index: number;
}

function toRoute(http: HttpRoute, head: { name: string | undefined; match: Match }, place: Position): Route {
  const { virtualService, reading, index } = place;
  const { resource, name, namespace } = virtualService;
  const action = actionOf(http, reading, virtualService);
  return {
    name: head.name || undefined,
    match: head.match,
    action,
    headers: headerChanges(http.headers),
    span: spanName(action, head.match, { owner: name, port: reading.proxy.port }),
    config: `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`,
    because: because(resource, ['spec', 'http', index]),
  };
}

function actionOf(http: HttpRoute, { resolve }: RouteReader, virtualService: VirtualService): Route['action'] {
  if (http.redirect !== undefined) return toRedirect(http.redirect);
  if (http.directResponse !== undefined) return toResponse(http.directResponse);
  return toForward(http, (written) => resolve(written, virtualService));
}
