import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** A key that signs tokens, and its public half. */
export interface SessionKey {
  /** The `kid` in the header of each token that it has signed. */
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const privateKeySchema = z.looseObject({
  kid: z.string().min(1),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  alg: z.literal('ES256').optional(),
  d: z.string(),
  x: z.string(),
  y: z.string(),
});

/**
 * A JSON Web Key Set (RFC 7517) of private keys for ES256. The first signs; the others only verify, so that a key can be
 * rotated. What is wrong is said without the text itself: it is secret.
 */
export const sessionKeysSchema = z.string().transform((text, context): [SessionKey, ...SessionKey[]] => {
  const wrong = (what: string) => {
    context.addIssue({ code: 'custom', message: `${what}; it must be a JSON Web Key Set of private P-256 keys` });
    return z.NEVER;
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong('is no JSON');
  }
  const set = z.looseObject({ keys: z.tuple([privateKeySchema], privateKeySchema) }).safeParse(json);
  if (!set.success) return wrong(`has a fault at ${set.error.issues[0]?.path.join('.') || 'its top'}`);
  try {
    const [first, ...others] = set.data.keys;
    return [keyOf(first), ...others.map(keyOf)];
  } catch {
    return wrong('has a key whose parts do not belong together');
  }
});

/** Throws where the private part is not that of the public parts: Node.js does not look, and every token would be refused. */
function keyOf({ kid, ...jwk }: z.output<typeof privateKeySchema>): SessionKey {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const text = Buffer.from(kid);
  if (!verify('sha256', text, publicKey, sign('sha256', text, privateKey))) throw new Error('The parts differ.');
  return { id: kid, privateKey, publicKey };
}
