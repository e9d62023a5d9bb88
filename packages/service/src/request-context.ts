import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request, RequestHandler, Response } from 'express';
import { LATE, Problem, problemHandler } from './errors.ts';
import type { Hop } from './contract/hop.ts';

/** The header that carries the rest of a caller's budget, in whole milliseconds; for the first service the gateway's routes set it. */
export const BUDGET_HEADER = 'x-request-timeout-ms';

/** The budget of a request whose caller names none: longer than the gateway's route timeout of 2.5 s. */
const DEFAULT_BUDGET_MS = 2_600;

/** The largest budget that a caller can name. */
const LONGEST_MS = 60_000;

/** Milliseconds from the end of the budget to the answer that does not wait for the handler. */
const MOMENT_MS = 10;

interface Context {
  deadline: number;
  /** The caller or its proxy has closed the connection. */
  gone: boolean;
  hops: Hop[];
  peer: string | null;
  carried: Record<string, string>;
}

const storage = new AsyncLocalStorage<Context>();

/** Headers that are copied from a request to every call made for it; only the tracer adds trace headers. */
const FORWARDED = ['x-request-id', 'x-release'];

/** Opens the context of one request: its deadline, whether the caller still waits, its hops, and the caller's identity. */
export const requestContext: RequestHandler = (req, res, next) => {
  const budget = Math.min(millisOf(req.get(BUDGET_HEADER)) ?? DEFAULT_BUDGET_MS, LONGEST_MS);
  const carried = Object.fromEntries(FORWARDED.flatMap((name) => (req.get(name) ? [[name, req.get(name)!]] : [])));
  const peer = peerOf(req.get('x-forwarded-client-cert'));
  const context: Context = { deadline: performance.now() + budget, gone: false, hops: [], peer, carried };
  // Work that keeps to the budget has a moment to say better than this what was late.
  const timer = setTimeout(() => answerInstead(req, res, new Problem('deadline-exceeded')), budget + MOMENT_MS);
  res.once('close', () => {
    clearTimeout(timer);
    context.gone = !res.writableEnded;
  });
  storage.run(context, next);
};

/** The whole number in a header; undefined for anything else. */
function millisOf(header = ''): number | undefined {
  return /^\d+$/.test(header) ? Number(header) : undefined;
}

/** Answers in place of whatever hangs: the handler, or a client that does not send its body. What the handler says later is dropped. */
export const answerInstead = (req: Request, res: Response, problem: Problem): void => {
  if (res.headersSent) return;
  res.locals[LATE] = true;
  // The rest of a body that has not come is not waited for.
  if (!req.complete) res.set('Connection', 'close');
  problemHandler(problem, req, res, () => undefined);
};

/** Does background work in a context of its own, with a budget of `budgetMs`. */
export function withContext<T>(budgetMs: number, work: () => Promise<T>): Promise<T> {
  return storage.run({ deadline: performance.now() + budgetMs, gone: false, hops: [], peer: null, carried: {} }, work);
}

/** Milliseconds that are left for the current request; Infinity outside of one. */
export function remainingMs(): number {
  const context = storage.getStore();
  return context ? context.deadline - performance.now() : Infinity;
}

/**
 * Throws Problem deadline-exceeded when the caller no longer waits for the answer; called before work that has an effect.
 * The budget alone is not enough: it counts from when a busy process reads the request, so a closed connection counts too.
 */
export function throwIfExpired(): void {
  if (remainingMs() <= 0 || storage.getStore()?.gone) throw new Problem('deadline-exceeded');
}

/** The calls made so far for the current request, callees' own calls included, in the order of their answers. */
export function hops(): Hop[] {
  return storage.getStore()?.hops ?? [];
}

/** The caller's SPIFFE id, or null where the call did not come over mTLS. */
export function peer(): string | null {
  return storage.getStore()?.peer ?? null;
}

/** The caller as part of a key: its SPIFFE id or the empty string, never null (SQL's UNIQUE takes NULLs as different). */
export function caller(): string {
  return peer() ?? '';
}

/** Headers that calls made for the current request repeat. */
export function forwardedHeaders(): Record<string, string> {
  return storage.getStore()?.carried ?? {};
}

/**
 * The caller's identity in Envoy's x-forwarded-client-cert: comma-separated elements, one a proxy, the last from our own
 * sidecar; each a list of key=value, of which URI is the SPIFFE id (envoyproxy.io, HTTP header manipulation).
 */
export function peerOf(header: string | undefined): string | null {
  const last = header?.split(',').at(-1);
  return last?.match(/(?:^|;)\s*URI="?(spiffe:\/\/[^";,]+)/i)?.[1] ?? null;
}
