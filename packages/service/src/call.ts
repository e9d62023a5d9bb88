import type { Dispatcher, Pool as UndiciPool } from 'undici';
import { Problem } from './errors.ts';
import { servedBy } from './evidence.ts';
import { Pool, request } from './pool.ts';
import { type Hop, hopSchema, servedBySchema } from './contract/hop.ts';
import { BUDGET_HEADER, forwardedHeaders, hops, remainingMs } from './request-context.ts';
import { tracing } from './tracing/current.ts';

/** Another service, called by name. */
export interface Callee {
  /**
   * One request. Returns every answer below 500 that has a JSON body, 402 and 409 included. Throws Problem upstream-refused,
   * upstream-timeout or upstream-failed for everything else. Never retries: retries are the mesh's work.
   */
  call(request: CallRequest): Promise<CallAnswer>;
  close(): Promise<void>;
}

export interface CallRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Milliseconds; at most the callee's limit and the rest of the request's budget. */
  timeoutMs?: number;
}

export interface CallAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * For how many milliseconds an idle connection is kept: shorter than a stopping callee keeps it open (shutdown.ts), so the
 * callee never closes a connection on which a request is being sent. keepAliveMaxTimeout limits the callee's Keep-Alive header.
 */
const IDLE = { keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 };

/** With one pool, a shop with few requests would send all of them over one connection, and so to one pod. */
const POOLS = 16;

/** `limitMs` is longer than the mesh's own timeout, and is the only limit without a mesh. */
type CalleeOptions = { service: string; baseUrl: string; limitMs: number };

/**
 * Calls `service` at `baseUrl`.
 *
 * Requests rotate over several connections, each closed after ten seconds. A connection leads to one pod, so without a mesh
 * all versions get requests, and new pods too. OpenTelemetry's instrumentation of undici adds the trace headers, and a second
 * set would break them; a tracer without an instrumentation gives its own (`call` of Tracing).
 */
export function createCallee({ service, baseUrl, limitMs }: CalleeOptions): Callee {
  const pools = Array.from({ length: POOLS }, () => new Pool(baseUrl, { connections: 8, clientTtl: 10_000, ...IDLE }));
  let turn = 0;

  async function call({ method, path, body, headers = {}, timeoutMs = limitMs }: CallRequest): Promise<CallAnswer> {
    const budget = Math.floor(Math.min(limitMs, timeoutMs, remainingMs()));
    if (budget <= 0) throw new Problem('deadline-exceeded');
    const start = performance.now();
    const sent = { ...forwardedHeaders(), ...headers, accept: 'application/json', [BUDGET_HEADER]: `${budget}` };
    const ask = (trace: Record<string, string>) =>
      send(pools[turn++ % POOLS]!, service, {
        method,
        path,
        headers: { ...sent, ...(body !== undefined && { 'content-type': 'application/json' }), ...trace },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(budget),
      });
    const { call: traced } = tracing();
    const response = await (traced ? traced(method, ask) : ask({}));
    if (response.status >= 500 || response.body === undefined) throw failure(service, response.status);
    recordHops(response.body, performance.now() - start);
    return response;
  }

  return { call, close: async () => void (await Promise.all(pools.map((pool) => pool.close()))) };
}

type OutgoingRequest = Dispatcher.RequestOptions & { method: 'GET' | 'POST' };

async function send(pool: UndiciPool, service: string, sent: OutgoingRequest): Promise<CallAnswer> {
  try {
    const { statusCode, headers, body } = await request(pool, sent);
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}`]));
    return { status: statusCode, headers: flat, body: parse(await body.text()) };
  } catch (cause) {
    const late = (cause as Error).name === 'TimeoutError' || (cause as Error).name === 'AbortError';
    throw new Problem(late ? 'upstream-timeout' : 'upstream-refused', {
      detail: `${service} ${late ? 'did not answer in time' : 'is not available'}.`,
      cause,
    });
  }
}

/** Envoy's own 503 and 504 have no JSON body; a service's have one. Both become a Problem of the catalogue. */
function failure(service: string, status: number): Problem {
  if (status === 503) return new Problem('upstream-refused', { detail: `${service} is not available.` });
  if (status === 504) return new Problem('upstream-timeout', { detail: `${service} did not answer in time.` });
  return new Problem('upstream-failed', { detail: `${service} answered ${status}.` });
}

/** Adds the callee and the calls that it made to the hops of the current request. */
function recordHops(body: unknown, ms: number): void {
  const { servedBy: who, hops: further } = (body ?? {}) as { servedBy?: unknown; hops?: unknown };
  const callee = servedBySchema.safeParse(who);
  if (callee.success) hops().push({ ...callee.data, calledBy: servedBy().service, ms: Math.round(ms * 10) / 10 });
  const known = hopSchema.array().safeParse(further);
  if (known.success) hops().push(...(known.data as Hop[]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
