import type { ErrorRequestHandler, RequestHandler } from 'express';
import { log } from './log.ts';
import { tracing } from './tracing/current.ts';

/** Every error that a client may see. Only this table decides a status. */
const CATALOGUE = {
  'malformed-request': { status: 400, title: 'This is no HTTP request' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'invalid-request': { status: 400, title: 'The request is not as the contract says' },
  'idempotency-key-missing': { status: 400, title: 'The header Idempotency-Key is required' },
  'idempotency-key-malformed': { status: 400, title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters' },
  'customer-missing': { status: 400, title: 'The header x-customer-id is required' },
  'unknown-customer': { status: 400, title: 'There is no such demo customer' },
  'unknown-sku': { status: 400, title: 'The shop has no such product' },
  'payment-declined': { status: 402, title: 'The payment was declined' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'order-not-found': { status: 404, title: 'There is no such order' },
  'charge-not-found': { status: 404, title: 'There is no such charge' },
  'method-not-allowed': { status: 405, title: 'This method is not allowed here' },
  'request-too-slow': { status: 408, title: 'The request did not arrive in time' },
  'request-in-progress': { status: 409, title: 'A request with this key is still being worked on' },
  'body-too-large': { status: 413, title: 'The body is larger than 16 kB' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'key-reused': { status: 422, title: 'This key was used for another request' },
  'refund-too-large': { status: 422, title: 'The refunds would exceed the charge' },
  'charge-not-refundable': { status: 422, title: 'Only a successful charge can be refunded' },
  'headers-too-large': { status: 431, title: 'The headers are larger than 16 KiB' },
  internal: { status: 500, title: 'Something went wrong' },
  'upstream-failed': { status: 502, title: 'A service that is needed gave no usable answer' },
  'upstream-refused': { status: 503, title: 'A service that is needed is not available' },
  overloaded: { status: 503, title: 'There is more work than can be done in time' },
  'database-unavailable': { status: 503, title: 'The database is not available' },
  'deadline-exceeded': { status: 504, title: 'There was no time left for this request' },
  'upstream-timeout': { status: 504, title: 'A service that is needed did not answer in time' },
} as const;

export type ProblemCode = keyof typeof CATALOGUE;

/** Whether a text is a code of the catalogue. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(CATALOGUE, text);
}

/** An entry of the catalogue, thrown. `extra` becomes members of the answer, so it must hold nothing secret. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    options: {
      detail?: string;
      extra?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? CATALOGUE[code].title, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = CATALOGUE[code].status;
    this.title = CATALOGUE[code].title;
    this.extra = options.extra ?? {};
    this.headers =
      this.status === 503 || this.status === 409 ? { 'retry-after': '1', ...options.headers } : (options.headers ?? {});
  }
}

/** Answers requests without a route. */
export const notFound: RequestHandler = (_req, _res, next) => next(new Problem('not-found'));

/** In `res.locals`: the request was answered when its budget was spent, before its handler came to an end. */
export const LATE = 'late';

/** Answers with any thrown value as problem+json (RFC 9457). An error that is no Problem is logged, and so is the cause of a 5xx; the answer reveals nothing of them. */
export const problemHandler: ErrorRequestHandler = (thrown, req, res, next) => {
  if (res.headersSent && res.locals[LATE]) return;
  const problem = toProblem(thrown);
  if (problem.code === 'internal') log().error({ err: thrown }, 'unexpected error');
  else if (problem.status >= 500 && problem.cause)
    log().warn({ code: problem.code, reason: problem }, 'request failed');
  if (res.headersSent) return next(thrown);
  res.status(problem.status).set(problem.headers).type('application/problem+json');
  res.send(problemText(problem, { instance: req.path, traceId: tracing().ids().traceId }));
};

/** A problem as the body of an answer; `request` says which one it answers. */
export function problemText(
  { code, status, title, message, extra }: Problem,
  request: { instance?: string; traceId?: string | undefined } = {},
): string {
  const detail = message === title ? undefined : message;
  return JSON.stringify({ type: `urn:tuesday:problem:${code}`, title, status, code, detail, ...request, ...extra });
}

/** A body that is not compressed as its content-encoding says. */
function isOfZlib(thrown: unknown): boolean {
  const { code } = (thrown ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code);
}

/** The catalogue entry for anything thrown; errors of express's body parser have a `type`. */
function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const type = (thrown as { type?: unknown } | null)?.type;
  if (type === 'entity.too.large') return new Problem('body-too-large', { cause: thrown });
  if (type === 'entity.parse.failed' || isOfZlib(thrown)) return new Problem('malformed-json', { cause: thrown });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new Problem('unsupported-media-type', { cause: thrown });
  if (thrown instanceof URIError || (typeof type === 'string' && type.startsWith('request.')))
    return new Problem('invalid-request', { cause: thrown });
  return new Problem('internal', { cause: thrown });
}
