import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import { because } from '../because.ts';
import type { ResolvedDestination } from './destinations.ts';
import { toForward } from './forward.ts';
import { headerChanges } from './header-changes.ts';
import { EVERYTHING, isCatchAll, appliesTo, toMatch } from './matches.ts';
import type { ProxyPort } from './matches.ts';
import { toRedirect, toResponse } from './answers.ts';
import { spanOf } from './spans.ts';
import type { Match, Route } from './route.ts';
import type { VirtualService } from './virtual-services.ts';

/** The proxy whose routes are read, and how its destinations are resolved. */
export interface RouteReader {
  proxy: ProxyPort;
  resolve(written: Written, virtualService: VirtualService): ResolvedDestination;
}

/**
 * The routes of a VirtualService that apply to a proxy, one for each entry of `match`, in order. A route that matches every
 * request ends the list. Entries for other proxies are left out, so that the list may be empty.
 * Source: istio/istio, route.go BuildHTTPRoutesForVirtualService.
 */
export function routesIn(virtualService: VirtualService, reading: RouteReader): Route[] {
  const routes: Route[] = [];
  for (const [index, http] of virtualService.http.entries()) {
    const to = { virtualService, reading, index };
    if (http.match.length === 0) return [...routes, toRoute(http, { name: http.name, match: EVERYTHING }, to)];
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
    span: spanOf(action, head.match, { owner: name, port: reading.proxy.port }),
    config: `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`,
    because: because(resource, ['spec', 'http', index]),
  };
}

function actionOf(http: HttpRoute, { resolve }: RouteReader, virtualService: VirtualService): Route['action'] {
  if (http.redirect !== undefined) return toRedirect(http.redirect);
  if (http.directResponse !== undefined) return toResponse(http.directResponse);
  return toForward(http, (written) => resolve(written, virtualService));
}
