import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { Problem, isProblemCode } from '../errors.ts';

/** The parts of a request in the order in which they are checked: the first fault decides the answer. */
const PARTS = ['headers', 'query', 'body', 'params'] as const;
type Part = (typeof PARTS)[number];

const parse = express.json({ limit: '16kb', strict: false });

/** Whether a request has a body of at least one byte. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Parses a JSON body of at most 16 kB, where there is one. Anything but application/json is 415. */
export const jsonBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) return next();
  if (!req.is('application/json'))
    return next(new Problem(req.get('content-type') ? 'unsupported-media-type' : 'malformed-json'));
  parse(req, res, next);
};

/**
 * Each part of a request as the operation's schema reads it. Throws Problem invalid-request that lists each fault by its
 * path, or the Problem that the first fault's message names by its code.
 */
export function validate({ request = {} }: Operation, req: Request): Partial<Record<Part, unknown>> {
  const input: Partial<Record<Part, unknown>> = {};
  for (const part of PARTS) {
    const schema = request[part];
    if (schema) input[part] = check(schema, valueOf(req, part), part);
  }
  return input;
}

function valueOf(req: Request, part: Part): unknown {
  return part === 'body' ? req.body : { ...req[part] };
}

function check(schema: z.ZodType, value: unknown, part: Part): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (part === 'body' && value === undefined) throw new Problem('malformed-json', { detail: 'The body is empty.' });
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = errors;
  if (first && isProblemCode(first.message)) throw new Problem(first.message);
  throw new Problem('invalid-request', {
    // The messages of headers.ts name their header.
    detail: errors
      .map(({ path, message }) => (path && part !== 'headers' ? `${path}: ${message}` : message))
      .join('; '),
    extra: { errors },
  });
}
