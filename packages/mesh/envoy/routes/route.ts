import type { Match, Route, StringMatch } from '../../model/routing/route.ts';
import { claimNames } from '../../manifests/kinds/istio/claim-names.ts';
import { claimMatcher } from '../authorization/claims.ts';
import { faultOnRoute } from '../filters/fault.ts';
import { directResponse, forwardAction, redirectAction } from './action.ts';
import { headerChanges } from './headers.ts';

/**
 * One route of a virtual host: its match, its action, and the name of the span.
 * Source: istio.io/istio pilot/pkg/networking/core/route/route.go, TranslateRoute.
 */
export function envoyRoute({ name, match, action, headers, span, config }: Route): object {
  const only = action.kind === 'forward' && !action.weighted ? action.destinations[0]?.headers : undefined;
  return {
    ...(name !== undefined && { name }),
    match: routeMatch(match),
    ...(action.kind === 'forward' && { route: forwardAction(action, config !== undefined) }),
    ...(action.kind === 'redirect' && { redirect: redirectAction(action) }),
    ...(action.kind === 'respond' && { direct_response: directResponse(action) }),
    ...(config !== undefined && { metadata: { filter_metadata: { istio: { config } } } }),
    decorator: { operation: span },
    ...(action.kind === 'forward' && action.fault && { typed_per_filter_config: faultOnRoute(action.fault) }),
    ...headerChanges(headers, only),
  };
}

/**
 * The condition for a route. A VirtualService's prefix compares text, not path segments: `/api` matches `/apis` too.
 * Source: istio.io/istio pilot/pkg/networking/core/route/route.go, TranslateRouteMatch.
 */
function routeMatch(match: Match): object {
  const isHeader = ([name]: Match['headers'][number]) => claimNames(name) === undefined;
  const headers = [
    ...match.headers.filter(isHeader).map(([name, value]) => valueMatch(name, value)),
    ...match.withoutHeaders.filter(isHeader).map(([name, value]) => headerAbsent(name, value)),
    ...(match.method ? [valueMatch(':method', match.method)] : []),
    ...(match.authority ? [valueMatch(':authority', match.authority)] : []),
    ...(match.scheme ? [valueMatch(':scheme', match.scheme)] : []),
  ];
  const claims = [
    ...claimsAmong(match.headers),
    ...claimsAmong(match.withoutHeaders).map((one) => ({ ...one, invert: true })),
  ];
  const query = match.queryParams.map(([name, value]) => valueMatch(name, value));
  return {
    ...pathMatch(match.uri),
    ...(match.ignoreUriCase !== undefined && { case_sensitive: !match.ignoreUriCase }),
    ...(headers.length > 0 && { headers }),
    ...(query.length > 0 && { query_parameters: query }),
    ...(claims.length > 0 && { dynamic_metadata: claims }),
  };
}

function pathMatch(uri: StringMatch | undefined): object {
  if (uri === undefined) return { prefix: '/' };
  if ('exact' in uri) return { path: uri.exact };
  if ('prefix' in uri) return { prefix: uri.prefix };
  return { safe_regex: { regex: uri.regex } };
}

/** The condition on a header or query parameter; without a value it must be present. */
function valueMatch(name: string, value: StringMatch | undefined): object {
  if (value === undefined) return { name, present_match: true };
  return { name, string_match: textMatch(value) };
}

const textMatch = (value: StringMatch) => ('regex' in value ? { safe_regex: { regex: value.regex } } : value);

/** The conditions on claims of the request's token; each has a value. Source: route.go there, translateMetadataMatch. */
function claimsAmong(headers: Match['headers']): object[] {
  return headers.flatMap(([name, value]) => {
    const path = claimNames(name);
    return path && value ? [claimMatcher(path, { string_match: textMatch(value) })] : [];
  });
}

// A request without the header must match as well: Envoy needs the last field for that.
function headerAbsent(name: string, value: StringMatch | undefined): object {
  return { ...valueMatch(name, value), invert_match: true, ...(value && { treat_missing_header_as_empty: true }) };
}
