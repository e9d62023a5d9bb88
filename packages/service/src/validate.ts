import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { Problem } from './errors.ts';

const LIMIT = '16kb';
const parse = express.json({ limit: LIMIT, strict: false });

/** Parses a JSON body of at most 16 kB; put before a route that has one. Anything but application/json is 415. */
export const jsonBody: RequestHandler = (req, res, next) => {
  if (!req.is('application/json'))
    return next(new Problem(req.get('content-type') ? 'unsupported-media-type' : 'malformed-json'));
  parse(req, res, next);
};

/** The body as the schema reads it. Throws Problem invalid-request that lists each fault by its path. */
export function parseBody<T>(schema: z.ZodType<T>, req: Request): T {
  if (req.body === undefined) throw new Problem('malformed-json', { detail: 'The body is empty.' });
  return check(schema, req.body);
}

/** The query as the schema reads it; unknown parameters are faults if the schema is strict. */
export function parseQuery<T>(schema: z.ZodType<T>, req: Request): T {
  return check(schema, { ...req.query });
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new Problem('invalid-request', {
    detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
    extra: { errors },
  });
}

/**
 * The Idempotency-Key: a Structured Field string ("…") as draft-ietf-httpapi-idempotency-key-header-07 has it, or bare as
 * Stripe's clients send it. Throws Problem idempotency-key-missing or -malformed.
 */
export function idempotencyKey(req: Request): string {
  const header = req.get('idempotency-key');
  if (!header) throw new Problem('idempotency-key-missing');
  const key = /^"(.*)"$/.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1') ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new Problem('idempotency-key-malformed');
  return key;
}

/** The customer a request speaks for. Throws Problem customer-missing, or invalid-request when it is longer than 128 characters. */
export function customerId(req: Request): string {
  const id = req.get('x-customer-id');
  if (!id) throw new Problem('customer-missing');
  if (id.length > 128) throw new Problem('invalid-request', { detail: 'x-customer-id is longer than 128 characters.' });
  return id;
}
