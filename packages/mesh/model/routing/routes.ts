import type { HttpRoute } from '../../manifests/kinds/istio/http-route.ts';
import type { Destination as Written } from '../../manifests/kinds/istio/shared.ts';
import { because } from '../because.ts';
import type { Resolved } from './destinations.ts';
import { toForward } from './forward.ts';
import { headerChanges } from './header-changes.ts';
import { EVERYTHING, isCatchAll, isFor, toMatch } from './matches.ts';
import type { Asker } from './matches.ts';
import { toRedirect, toResponse } from './answers.ts';
import { spanOf } from './spans.ts';
import type { Match, Route } from './route.ts';
import type { VirtualService } from './virtual-services.ts';

/** For whom routes are read, and how destinations are looked up for them. */
export interface Reading {
  asker: Asker;
  resolve(written: Written, virtualService: VirtualService): Resolved;
}

/**
 * The routes of a VirtualService that are meant for an asker, one for each entry of `match`, in order. What matches
 * everything ends the list; what is meant for others is left out, so that nothing may be left at all.
 * Source: istio/istio, route.go BuildHTTPRoutesForVirtualService.
 */
export function routesIn(virtualService: VirtualService, reading: Reading): Route[] {
  const routes: Route[] = [];
  for (const [index, http] of virtualService.http.entries()) {
    const to = { virtualService, reading, index };
    if (http.match.length === 0) return [...routes, toRoute(http, { name: http.name, match: EVERYTHING }, to)];
    for (const written of http.match) {
      if (!isFor(reading.asker, written, virtualService.namespace)) continue;
      const name = written.name ? `${http.name ?? ''}.${written.name}` : http.name;
      const route = toRoute(http, { name, match: toMatch(written) }, to);
      routes.push(route);
      if (isCatchAll(route.match)) return routes;
    }
  }
  return routes;
}

interface Place {
  virtualService: VirtualService;
  reading: Reading;
  index: number;
}

function toRoute(http: HttpRoute, head: { name: string | undefined; match: Match }, place: Place): Route {
  const { virtualService, reading, index } = place;
  const { resource, name, namespace } = virtualService;
  const action = actionOf(http, reading, virtualService);
  return {
    name: head.name || undefined,
    match: head.match,
    action,
    headers: headerChanges(http.headers),
    span: spanOf(action, head.match, { owner: name, port: reading.asker.port }),
    config: `/apis/networking.istio.io/v1/namespaces/${namespace}/virtual-service/${name}`,
    because: because(resource, ['spec', 'http', index]),
  };
}

function actionOf(http: HttpRoute, { resolve }: Reading, virtualService: VirtualService): Route['action'] {
  if (http.redirect !== undefined) return toRedirect(http.redirect);
  if (http.directResponse !== undefined) return toResponse(http.directResponse);
  return toForward(http, (written) => resolve(written, virtualService));
}
