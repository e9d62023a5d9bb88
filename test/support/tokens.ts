import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

type Claims = Readonly<Record<string, unknown>>;

/** Signs the first two parts of a token. */
type Signer = (text: string) => Buffer;

/** Signs tokens with a key of its own (ES256). */
export interface Issuer {
  /** Its public key, as a RequestAuthentication has it. */
  jwks: string;
  /** A token with these claims; `change` replaces any of those that a valid one has. */
  token(change?: Claims): string;
  /** The attacks of RFC 8725: no signature, and one that is made of the public key, which everybody has. */
  unsigned(): string;
  signedWithPublicKey(): string;
}

export const ISSUER = 'https://shop.example.org';
export const AUDIENCE = 'shop';
const KEY_ID = 'k1';

/** An issuer with a new key. */
export function createIssuer(): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { kid: KEY_ID, alg: 'ES256', use: 'sig', ...publicKey.export({ format: 'jwk' }) };
  return {
    jwks: JSON.stringify({ keys: [jwk] }),
    token: (change = {}) => tokenOf('ES256', { ...valid(), ...change }, ecdsa(privateKey)),
    unsigned: () => tokenOf('none', valid(), () => Buffer.alloc(0)),
    signedWithPublicKey: () => tokenOf('HS256', valid(), hmac(publicKey)),
  };
}

/** Seconds since 1970. */
const now = () => Math.floor(Date.now() / 1_000);

/** Envoy allows for clocks that differ by a minute. */
export const LONG_AGO = () => now() - 600;
export const IN_TEN_MINUTES = () => now() + 600;

const valid = (): Claims => ({ iss: ISSUER, aud: AUDIENCE, sub: 'ada', iat: now(), exp: IN_TEN_MINUTES() });

function tokenOf(alg: string, claims: Claims, signer: Signer): string {
  const parts = [{ alg, typ: 'JWT', kid: KEY_ID }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  return `${parts}.${signer(parts).toString('base64url')}`;
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const ecdsa =
  (key: KeyObject): Signer =>
  (text) =>
    sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
const hmac =
  (key: KeyObject): Signer =>
  (text) =>
    createHmac('sha256', key.export({ type: 'spki', format: 'pem' }))
      .update(text)
      .digest();
