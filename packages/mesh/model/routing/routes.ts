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
import { configOf, type VirtualService } from './virtual-services.ts';

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
  const { resource, name, namespace } = virtualService;
  const routes: Route[] = [];
  for (const [index, http] of virtualService.http.entries()) {
    const action = actionOf(http, reading, virtualService);
    const toRoute = (routeName: string | undefined, match: Match): Route => ({
      name: routeName || undefined,
      match,
      action,
      headers: headerChanges(http.headers),
      span: spanName(action, match, { owner: name, port: reading.proxy.port }),
      config: configOf(virtualService),
      because: because(resource, ['spec', 'http', index]),
    });
    if (http.match.length === 0) return [...routes, toRoute(http.name, MATCH_ALL)];
    for (const written of http.match) {
      if (!appliesTo(reading.proxy, written, namespace)) continue;
      const route = toRoute(written.name ? `${http.name ?? ''}.${written.name}` : http.name, toMatch(written));
      routes.push(route);
      if (isCatchAll(route.match)) return routes;
    }
  }
  return routes;
}

function actionOf(http: HttpRoute, { resolve }: RouteReader, virtualService: VirtualService): Route['action'] {
  if (http.redirect !== undefined) return toRedirect(http.redirect);
  if (http.directResponse !== undefined) return toResponse(http.directResponse);
  return toForward(http, (written) => resolve(written, virtualService));
}
