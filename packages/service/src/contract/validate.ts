import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { Problem, isProblemCode } from '../errors.ts';

/** The parts of a request in the order in which they are checked: the first fault decides the answer. */
const PARTS = ['headers', 'query', 'body', 'params'] as const;
type Part = (typeof PARTS)[number];

/** The largest body in bytes, as it is sent and as it is without its compression. */
const LARGEST = 16 * 1024;

const parse = express.json({ limit: LARGEST, strict: false, verify: onlyUtf8 });

/** JSON is UTF-8 (RFC 8259, 8.1). The parser would read UTF-16 too, and replace each byte that is not UTF-8. */
function onlyUtf8(...[, , body, charset]: [unknown, unknown, Buffer, string]): void {
  if (charset !== 'utf-8') throw Object.assign(new Error(`charset ${charset}`), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw Object.assign(new Error('not UTF-8'), { type: 'entity.parse.failed' });
}

/** Whether a request has a body of at least one byte. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Parses a JSON body of at most 16 kB, where there is one. Anything but application/json is 415. A larger body is 413 as soon
 * as that is known, and its connection is closed: the parser would answer when the client has sent all of it.
 */
export const jsonBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) return next();
  if (!req.is('application/json'))
    return next(new Problem(req.get('content-type') ? 'unsupported-media-type' : 'malformed-json'));
  let isDone = false;
  const done = (error?: unknown) => {
    if (!isDone) next(error);
    isDone = true;
  };
  let bytes = 0;
  const count = (more: number) => {
    if ((bytes += more) > LARGEST) done(new Problem('body-too-large', { headers: { connection: 'close' } }));
  };
  count(Number(req.headers['content-length'] ?? 0));
  if (isDone) return;
  if (req.headers['transfer-encoding']) req.on('data', (chunk: Buffer) => count(chunk.length));
  parse(req, res, done);
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
  if (result.success) {
    if (holdsBadText(result.data))
      throw new Problem('invalid-request', { detail: `A text in the ${part} has a NUL or half of a surrogate pair.` });
    return result.data;
  }
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

/** Whether a checked value has a text that cannot be stored: PostgreSQL has no NUL, and UTF-8 no half of a surrogate pair. */
function holdsBadText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBadText);
}
