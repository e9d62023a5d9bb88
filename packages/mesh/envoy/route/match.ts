import type { Match, StringMatch } from '../../model/routing/route.ts';

/**
 * Which requests a route takes. A VirtualService's prefix is one of text, not of path segments: `/api` takes `/apis` too.
 * Source: istio.io/istio pilot/pkg/networking/core/route, TranslateRouteMatch.
 */
export function routeMatch(match: Match): object {
  const headers = [
    ...match.headers.map(([name, value]) => headerMatch(name, value)),
    ...match.withoutHeaders.map(([name, value]) => headerAbsent(name, value)),
    ...(match.method ? [headerMatch(':method', match.method)] : []),
    ...(match.authority ? [headerMatch(':authority', match.authority)] : []),
    ...(match.scheme ? [headerMatch(':scheme', match.scheme)] : []),
  ];
  const query = match.queryParams.map(([name, value]) => ({ name, ...presentOr(value) }));
  const asks = match.uri !== undefined || headers.length > 0 || query.length > 0;
  return {
    ...pathMatch(match.uri),
    ...(asks && { case_sensitive: !match.ignoreUriCase }),
    ...(headers.length > 0 && { headers }),
    ...(query.length > 0 && { query_parameters: query }),
  };
}

function pathMatch(uri: StringMatch | undefined): object {
  if (uri === undefined) return { prefix: '/' };
  if ('exact' in uri) return { path: uri.exact };
  if ('prefix' in uri) return { prefix: uri.prefix };
  return { safe_regex: { regex: uri.regex } };
}

function headerMatch(name: string, value: StringMatch | undefined): object {
  return { name, ...presentOr(value) };
}

// A header that is not there is not the forbidden value: without the last field Envoy would refuse such a request.
function headerAbsent(name: string, value: StringMatch | undefined): object {
  return { ...headerMatch(name, value), invert_match: true, ...(value && { treat_missing_header_as_empty: true }) };
}

function presentOr(value: StringMatch | undefined): object {
  return value === undefined ? { present_match: true } : { string_match: stringMatch(value) };
}

function stringMatch(value: StringMatch): object {
  return 'regex' in value ? { safe_regex: { regex: value.regex } } : value;
}
