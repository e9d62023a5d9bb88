import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

/** The public keys of an issuer as RFC 7517 writes them: a set of at least one key that Envoy can use. */
export const jwks = z.string().superRefine((text, context) => {
  const fault = faultOf(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

function faultOf(text: string): string | undefined {
  if (text === '') return 'must hold keys (none is not modelled locally)';
  const keys = keysOf(text);
  if (keys === undefined || keys.length === 0) return 'must hold a JSON Web Key Set: { "keys": [ … ] }';
  const bad = keys.findIndex((key) => !isUsable(key));
  if (bad < 0) return undefined;
  const isSecret = (keys[bad] as JsonWebKey | null)?.kty === 'oct';
  return `must hold public keys: keys[${bad}] is ${isSecret ? 'a shared secret (not modelled locally)' : 'none'}`;
}

/** Whether a set that is read above also has the private part of a key: of every kind of key it is `d` (RFC 7518). */
export const hasPrivateKey = (text: string): boolean => keysOf(text)?.some((key) => 'd' in (key as object)) ?? false;

function keysOf(text: string): unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function isUsable(key: unknown): boolean {
  try {
    return createPublicKey({ key: key as JsonWebKey, format: 'jwk' }).type === 'public';
  } catch {
    return false;
  }
}
