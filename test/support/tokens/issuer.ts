import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Claims = Readonly<Record<string, unknown>>;

/** Signs the first two parts of a token. */
type Signer = (text: string) => Buffer;

/** Signs tokens with one key (ES256), as storefront does. */
export interface Issuer {
  /** A token with these claims; `change` replaces any of those that a valid one has. */
  token(change?: Claims): string;
  /** The attacks of RFC 8725: no signature, and one that is made of the public key, which everybody has. */
  unsigned(): string;
  signedWithPublicKey(): string;
}

/** The `iss` and `aud` that istio/base asks for. */
const ISSUER = 'https://tuesday.example';
const AUDIENCE = 'shop';

/** An issuer with a private key in JWK's form; without one, with a new key under the same `kid` as that of the demo. */
export function createIssuer(jwk?: JsonWebKey & { kid?: string }): Issuer {
  const privateKey = jwk
    ? createPrivateKey({ key: jwk, format: 'jwk' })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const publicKey = createPublicKey(privateKey);
  const tokenOf = tokensFor(jwk?.kid ?? DEMO_KEY.kid);
  return {
    token: (change = {}) => tokenOf('ES256', { ...valid(), ...change }, ecdsa(privateKey)),
    unsigned: () => tokenOf('none', valid(), () => Buffer.alloc(0)),
    signedWithPublicKey: () => tokenOf('HS256', valid(), hmac(publicKey)),
  };
}

/** The private keys in a Secret `storefront-session` of a file. */
export function sessionKeysIn(file: string): (JsonWebKey & { kid: string })[] {
  const { stringData } = parse(readFileSync(file, 'utf8')) as { stringData: { keys: string } };
  return (JSON.parse(stringData.keys) as { keys: (JsonWebKey & { kid: string })[] }).keys;
}

const DEMO_KEY = sessionKeysIn('k8s/overlays/local/demo/storefront-session.yaml')[0]!;

/** Seconds since 1970. */
const now = () => Math.floor(Date.now() / 1_000);

/** Envoy allows for clocks that differ by a minute. */
export const LONG_AGO = () => now() - 600;
export const IN_TEN_MINUTES = () => now() + 600;

const valid = (): Claims => ({ iss: ISSUER, aud: AUDIENCE, sub: 'ada', iat: now(), exp: IN_TEN_MINUTES() });

const tokensFor =
  (kid: string) =>
  (alg: string, claims: Claims, signer: Signer): string => {
    const parts = [{ alg, typ: 'JWT', kid }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
    return `${parts}.${signer(parts).toString('base64url')}`;
  };

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

/** Signs as the demo's storefront. */
export const DEMO_ISSUER = createIssuer(DEMO_KEY);
