import { JOSEError, JWSSignatureVerificationFailed } from 'jose/errors';
import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import type { SessionKey } from './keys.ts';

/** The `iss` and `aud` of every token: the RequestAuthentication of istio/base names the same (a test). */
export const ISSUER = 'https://tuesday.example';
export const AUDIENCE = 'shop';

/** How long a token is valid. */
export const LIFETIME_SECONDS = 24 * 60 * 60;

const ALGORITHM = 'ES256';

/** What a token says of its customer. */
export interface Identity {
  customer: string;
  /** The claim `roles`, which policies may ask for. */
  roles: readonly string[];
}

export interface Tokens {
  /** A new token (JWT), valid for LIFETIME_SECONDS from now. */
  sign(identity: Identity): Promise<string>;
  /** The customer of a valid token; undefined for any other text. */
  customerOf(token: string): Promise<string | undefined>;
}

/** Signs with the first key, and verifies with all of them. */
export function createTokens([first, ...others]: [SessionKey, ...SessionKey[]]): Tokens {
  const publicKeys = new Map([first, ...others].map(({ id, publicKey }) => [id, publicKey]));
  function keyFor({ kid = '' }: { kid?: string }) {
    const key = publicKeys.get(kid);
    if (!key) throw new JWSSignatureVerificationFailed();
    return key;
  }
  return {
    sign: ({ customer, roles }) =>
      new SignJWT({ roles })
        .setProtectedHeader({ alg: ALGORITHM, kid: first.id })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(customer)
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_SECONDS}s`)
        .sign(first.privateKey),
    async customerOf(token) {
      try {
        const known = { issuer: ISSUER, audience: AUDIENCE, algorithms: [ALGORITHM] };
        return (await jwtVerify(token, keyFor, known)).payload.sub;
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
}
