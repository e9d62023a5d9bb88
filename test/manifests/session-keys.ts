import { isDeepStrictEqual } from 'node:util';
import { type Resource, asKind, secretData } from '@tuesday/mesh/manifests';
import { COOKIE } from '../../services/storefront/src/session/session.ts';
import { sessionKeysSchema } from '../../services/storefront/src/session/keys.ts';
import { AUDIENCE, ISSUER } from '../../services/storefront/src/session/tokens.ts';
import { objectsOf } from './tree.ts';
import type { Tree } from './tree.ts';

/** The files with the mesh's half and storefront's half: in the base, and in the lesson about other keys. */
const HALVES = [
  ['istio/base/session.yaml', 'k8s/overlays/local/demo/storefront-session.yaml'],
  ['istio/security/jwt-rotated.yaml', 'istio/security/jwt-rotated.yaml'],
] as const;

/** The gateway verifies just what storefront signs: the same keys, issuer, audience and cookie; nothing private is in the public half. */
export function tokensAreVerified(tree: Tree): string[] {
  return HALVES.flatMap(([mesh, demo]) => {
    const rule = asKind(one(tree, mesh, 'RequestAuthentication'), 'RequestAuthentication').spec.jwtRules[0];
    const verified = (JSON.parse(rule?.jwks ?? '{}') as { keys?: object[] }).keys;
    const signing = sessionKeysSchema.parse(secretData(one(tree, demo, 'Secret'))['keys']);
    const publicHalves = signing.map(({ id, publicKey }) => ({
      kid: id,
      alg: 'ES256',
      use: 'sig',
      ...publicKey.export({ format: 'jwk' }),
    }));
    return [
      ...(isDeepStrictEqual(verified, publicHalves) ? [] : [`${mesh}: its jwks are not the public halves of ${demo}`]),
      ...(rule?.issuer === ISSUER ? [] : [`${mesh}: the issuer is not ${ISSUER}`]),
      ...(isDeepStrictEqual(rule?.audiences, [AUDIENCE]) ? [] : [`${mesh}: the audience is not ${AUDIENCE}`]),
      ...(isDeepStrictEqual(rule?.fromCookies, [COOKIE]) ? [] : [`${mesh}: the cookie is not ${COOKIE}`]),
    ];
  });
}

/** The lesson about other keys differs from the base in its keys alone. */
export function rotationDiffersInKeys(tree: Tree): string[] {
  const [base, rotated] = HALVES.map(([mesh]) => {
    const { jwtRules, ...rest } = asKind(one(tree, mesh, 'RequestAuthentication'), 'RequestAuthentication').spec;
    return { ...rest, jwtRules: jwtRules.map(({ jwks: _keys, ...rule }) => rule) };
  });
  return isDeepStrictEqual(base, rotated) ? [] : [`${HALVES[1][0]} differs from ${HALVES[0][0]} in more than its keys`];
}

function one(tree: Tree, file: string, kind: string): Resource {
  const found = objectsOf(tree, file).find((object) => object.kind === kind);
  if (!found) throw new Error(`${file} has no ${kind}.`);
  return found;
}
