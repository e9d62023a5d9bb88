import type { Jwt } from '../../model/security/request-authentication.ts';
import { defined } from '../../model/defined.ts';
import type { Extension } from '../protobuf.ts';

/** Under this name the filter leaves the claims of a valid token for the filters and routes after it. */
export const JWT_FILTER = 'envoy.filters.http.jwt_authn';
export const JWT_PAYLOAD = 'payload';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';

/** Texts of several values in OAuth 2.0 (RFC 8693). */
const SPACE_DELIMITED = ['permission', 'scope'];

/**
 * The filter that checks the tokens of requests; none without an issuer. A token that is there must be valid; a request
 * without one passes, and has no claims.
 * @param isGateway whether routes are chosen by claims: they are looked up again once the claims are known
 * Source: istio/istio, pilot/pkg/security/authn/policy_applier.go, convertToEnvoyJwtConfig.
 */
export function jwtFilters(jwts: readonly Jwt[], isGateway: boolean): Extension[] {
  if (jwts.length === 0) return [];
  const named = jwts.map((jwt, index) => [`origins-${index}`, provider(jwt, isGateway)] as const);
  const providers = named.map(([provider_name]) => ({ provider_name }));
  const orMissing = providers.map((one) => anyOf([one, { allow_missing: {} }]));
  // The first ones help where issuers share a place: there, a token of one is invalid for the others.
  const requires = orMissing.length === 1 ? orMissing[0] : anyOf([...providers, allOf(orMissing)]);
  return [
    {
      name: JWT_FILTER,
      typed_config: {
        '@type': TYPE,
        providers: Object.fromEntries(named),
        rules: [{ match: { prefix: '/' }, requires }],
        bypass_cors_preflight: true,
      },
    },
  ];
}

const anyOf = (requirements: object[]) => ({ requires_any: { requirements } });
const allOf = (requirements: object[]) => ({ requires_all: { requirements } });

function provider(jwt: Jwt, clearRouteCache: boolean): object {
  const { issuer, audiences, jwks, fromHeaders, fromParams, fromCookies, outputClaimToHeaders } = jwt;
  const delimited = [...new Set([...jwt.spaceDelimitedClaims, ...SPACE_DELIMITED])].sort();
  return defined({
    issuer,
    audiences,
    forward: jwt.forwardOriginalToken || undefined,
    forward_payload_header: jwt.outputPayloadToHeader || undefined,
    payload_in_metadata: JWT_PAYLOAD,
    normalize_payload_in_metadata: { space_delimited_claims: delimited },
    clear_route_cache: clearRouteCache || undefined,
    claim_to_headers: outputClaimToHeaders.map(({ header, claim }) => ({ header_name: header, claim_name: claim })),
    from_headers: fromHeaders.map(({ name, prefix }) => ({ name, ...(prefix && { value_prefix: prefix }) })),
    from_params: fromParams,
    from_cookies: fromCookies,
    local_jwks: { inline_string: jwks },
  })!;
}
