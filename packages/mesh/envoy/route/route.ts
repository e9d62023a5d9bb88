import type { Route } from '../../model/routing/route.ts';
import { faultOnRoute } from '../http-filters/fault.ts';
import { forwardAction } from './action.ts';
import { headerChanges } from './headers.ts';
import { routeMatch } from './match.ts';
import { directResponse, redirectAction } from './redirect.ts';

/** One entry of a virtual host: which requests, what becomes of them, and what the span is called. */
export function envoyRoute({ name, match, action, headers, span, config }: Route): object {
  const only = action.kind === 'forward' && !action.weighted ? action.destinations[0]?.headers : undefined;
  return {
    ...(name !== undefined && { name }),
    match: routeMatch(match),
    ...spelled(action),
    ...(config !== undefined && { metadata: { filter_metadata: { istio: { config } } } }),
    decorator: { operation: span },
    ...(action.kind === 'forward' && action.fault && { typed_per_filter_config: faultOnRoute(action.fault) }),
    ...headerChanges(headers, only),
  };
}

function spelled(action: Route['action']): object {
  switch (action.kind) {
    case 'forward':
      return { route: forwardAction(action) };
    case 'redirect':
      return { redirect: redirectAction(action) };
    case 'respond':
      return { direct_response: directResponse(action) };
  }
}
