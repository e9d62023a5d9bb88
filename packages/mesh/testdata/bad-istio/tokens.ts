import type { Mistake } from './mistake.ts';

const KEY = 'f_f-jGLcPsYxMN3_hcBigw8IZl5mXy6WBIlVvKlAQLM';
const JWKS = `      jwks: '{"keys":[{"kty":"EC","crv":"P-256","x":"${KEY}","y":"m7xcCUUE2IAeQuwB4yuC7AqpPlAE6cIWoLIXp_Le9Mc"}]}'`;
const RULE = 'RequestAuthentication spec.jwtRules[0]';

/** Mistakes in a RequestAuthentication, and in the claims that a VirtualService matches. */
export const TOKENS: Mistake[] = [
  [
    '            cookie: {}',
    '            "@request.auth.claims.sub": { exact: ada }',
    '@-10: VirtualService spec.http[0] must not match claims of a token where it holds for the mesh: only gateways choose routes by them.',
  ],
  ['    - issuer: https://shop.example.org', '    - audiences: [shop]', `@: ${RULE}.issuer must be written.`],
  ['    - issuer: https://shop.example.org', '    - issuer: ""', `@: ${RULE}.issuer must not be empty.`],
  [
    JWKS,
    '      jwksUri: https://shop.example.org/keys',
    `@: "jwksUri" in ${RULE} is not modelled locally: write the keys into jwks: no key is fetched here.`,
  ],
  [JWKS, '      audiences: [shop]', `@-1: ${RULE}.jwks must be written (none is not modelled locally).`],
  [JWKS, '      jwks: ""', `@: ${RULE}.jwks must hold keys (none is not modelled locally).`],
  [JWKS, '      jwks: keys', `@: ${RULE}.jwks must hold a JSON Web Key Set: { "keys": [ … ] }.`],
  [JWKS, `      jwks: '{"keys":[]}'`, `@: ${RULE}.jwks must hold a JSON Web Key Set: { "keys": [ … ] }.`],
  [
    JWKS,
    `      jwks: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'`,
    `@: ${RULE}.jwks must hold public keys: keys[0] is a shared secret (not modelled locally).`,
  ],
  [
    JWKS,
    `      jwks: '{"keys":[{"kty":"EC","crv":"P-256","x":"${KEY}"}]}'`,
    `@: ${RULE}.jwks must hold public keys: keys[0] is none.`,
  ],
  [
    '      fromHeaders: [{ name: x-token, prefix: "Token " }]',
    '      fromHeaders: [{ prefix: "Token " }]',
    `@: ${RULE}.fromHeaders[0] needs "name".`,
  ],
  [
    '      outputClaimToHeaders: [{ header: x-customer-id, claim: sub }]',
    '      outputClaimToHeaders: [{ header: "x customer", claim: sub }]',
    `@: ${RULE}.outputClaimToHeaders[0].header must be a name of letters, digits, "-" and "_", not "x customer".`,
  ],
  [
    '      timeout: 5s',
    '      timeout: soon',
    `@: ${RULE}.timeout must be a time of at least 1 ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s, not "soon".`,
  ],
];
