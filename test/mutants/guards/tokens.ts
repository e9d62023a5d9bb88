import type { Mutant } from '../mutant.ts';

/** A guard of the checks of tokens: without it the configuration differs from Istio's. */
const token = (name: string, [find, replace]: [string, string], file = 'filters/jwt.ts'): Mutant => ({
  name: `tokens: ${name}`,
  edits: [{ file: `packages/mesh/envoy/${file}`, find, replace }],
  tests: 'test/conformance/conformance.test.ts',
  title: 'When tokens is applied, then our proxies get the same configuration as Istio’s',
});
const claims = (name: string, change: [string, string]) => token(name, change, 'authorization/claims.ts');

/** A guard of the sessions that storefront gives, with the title of the test that notices. */
const session = (name: string, file: string, [find, replace, title]: [string, string, string]): Mutant => ({
  name: `sessions: ${name}`,
  edits: [{ file: `services/storefront/${file}`, find, replace }],
  tests: `services/storefront/${TESTS_OF[file] ?? 'src/session/session.test.ts'}`,
  title,
});
const TESTS_OF: Record<string, string> = {
  'src/session/keys.ts': 'src/config.test.ts',
  'page/shop/customer.ts': 'page/shop/customer.test.ts',
  'page/shop/state.ts': 'page/shop/state.test.ts',
};

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
  session('only demo customers are given by name', 'src/session/session.ts', [
    'if (body && !',
    'if (false && !',
    'When a demo customer is named, then the token is theirs, with their roles; another name is refused',
  ]),
  session('scripts cannot read the cookie', 'src/session/session.ts', [
    'httpOnly: true',
    'httpOnly: false',
    'When a session is asked for, then it is that of a new customer, for a day, in body and cookie',
  ]),
  session('the cookie does not lock out of the page', 'src/session/session.ts', [
    "path: '/api'",
    "path: '/'",
    'When a session is asked for, then it is that of a new customer, for a day, in body and cookie',
  ]),
  session('over https the cookie is for https', 'src/session/session.ts', [
    "scheme === 'https'",
    'false',
    'When the gateway was asked over https, then the cookie goes over https only',
  ]),
  session('only a known key counts', 'src/session/tokens.ts', [
    'publicKeys.get(kid)',
    'first.publicKey',
    'When keys are rotated, then the new one signs, and tokens of the old one still count',
  ]),
  session('a token of an older key is valid', 'src/session/tokens.ts', [
    '[first, ...others].map',
    '[first].map',
    'When keys are rotated, then the new one signs, and tokens of the old one still count',
  ]),
  session('the parts of a key belong together', 'src/session/keys.ts', [
    'if (!verify(',
    'if (false && !verify(',
    'When the session keys are halves of two keys, then the fault says so and tells nothing of the key',
  ]),
  session('a cookie that is refused is removed', 'page/shop/customer.ts', [
    '      await api.signOut();\n      answer',
    '      answer',
    'When the cookie is refused with 401, then it is removed and the session a new one',
  ]),
  session('who is refused asks again with a new session', 'page/shop/customer.ts', [
    'if (!isRefused(answer)) return answer;',
    'return answer;',
    'When the session has ended, then the purchase is sent once more with a new one, and no third time',
  ]),
  session('without a mesh the page says who buys', 'page/shop/customer.ts', [
    'session && !session.isVerified',
    'session && false',
    'When no mesh verifies the token, then the page itself says who buys',
  ]),
  session('each customer has own receipts', 'page/shop/state.ts', [
    "receipts[session?.customer ?? ''] ?? []",
    'Object.values(receipts).flat()',
    'When another customer comes, then each sees the own receipts only',
  ]),
  {
    name: 'e2e: a file that breaks early disposes its shop',
    edits: [
      {
        file: 'test/support/jest/e2e.environment.mjs',
        find: "await this.global['tuesdayShop']?.[Symbol.asyncDispose]?.();",
        replace: '',
      },
    ],
    tests: 'test/support/jest/e2e.environment.integration.test.mjs',
    title: 'When a file breaks before its first test, then its shop is disposed',
  },
];
