import { z } from 'zod';

// A message that is a code of the catalogue (errors.ts) makes the answer that Problem.

/**
 * The header Idempotency-Key: a Structured Field string ("…") as in draft-ietf-httpapi-idempotency-key-header-07, or bare
 * as Stripe's clients send it. Faults are Problem idempotency-key-missing and -malformed.
 */
export const idempotencyKeySchema = z
  .string('idempotency-key-missing')
  .min(1, 'idempotency-key-missing')
  .transform((header) => /^"(.*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header)
  .pipe(z.string().regex(/^[\x21-\x7e]{1,255}$/, 'idempotency-key-malformed'))
  .describe('Makes repeating the request safe; 1 to 255 visible ASCII characters.');

/** The header x-customer-id: the customer of the request. Faults are Problem customer-missing and invalid-request. */
export const customerIdSchema = z
  .string('customer-missing')
  .min(1, 'customer-missing')
  .max(128, 'x-customer-id is longer than 128 characters.');
