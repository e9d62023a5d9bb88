import { generateKeyPairSync } from 'node:crypto';

/** A new private key as a JSON Web Key. */
export function newKey(kid: string): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, alg: 'ES256', ...privateKey.export({ format: 'jwk' }) };
}

/** The environment variable SESSION_KEYS with these keys. */
export const sessionKeys = (...keys: object[]): string => JSON.stringify({ keys });
