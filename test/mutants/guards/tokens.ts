import type { Mutant } from '../mutant.ts';

/** A guard of the checks of tokens: without it the configuration differs from Istio's. */
const token = (name: string, [find, replace]: [string, string], file = 'filters/jwt.ts'): Mutant => ({
  name: `tokens: ${name}`,
  edits: [{ file: `packages/mesh/envoy/${file}`, find, replace }],
  tests: 'test/conformance/conformance.test.ts',
  title: 'When tokens is applied, then our proxies get the same configuration as Istio’s',
});
const claims = (name: string, change: [string, string]) => token(name, change, 'authorization/claims.ts');

/** The guards of end-user identity. */
export const TOKENS: Mutant[] = [
  token('a token is of its issuer', ['    issuer,\n', '']),
  token('a token is for its audience', ['    audiences,\n', '']),
  token('a token that is there is valid', ['allOf(orMissing)', 'anyOf(orMissing)']),
  token('a request may have no token', ['[one, { allow_missing: {} }]', '[one]']),
  token('the token stays at the gateway', ['forward: jwt.forwardOriginalToken || undefined', 'forward: true']),
  token('a header is written from a claim', ['claim_to_headers: outputClaimToHeaders', 'claim_to_headers: []']),
  token('a token is looked for in cookies', ['    from_cookies: fromCookies,\n', '']),
  token('routes follow claims', ['clear_route_cache: clearRouteCache || undefined', 'clear_route_cache: undefined']),
  token('preflights have no token', ['bypass_cors_preflight: true', 'bypass_cors_preflight: false']),
  claims('a principal has an issuer', ["principal(['iss'], text(issuer)), ", '']),
  claims('a claim can be a list', ['{ list_match: { one_of: value } }, ', '']),
  token('a route without a claim is inverted', [', invert: true }', ' }'], 'routes/route.ts'),
  token(
    'tokens are checked before policies',
    [
      '...jwtFilters(workload.jwts, true), ...httpRbacFilters(workload.policies, scope)',
      '...httpRbacFilters(workload.policies, scope), ...jwtFilters(workload.jwts, true)',
    ],
    'listeners/gateway.ts',
  ),
];
