import { Pool } from 'undici';
import { Problem } from './errors.ts';
import { servedBy } from './evidence.ts';
import { type Hop, hopSchema, servedBySchema } from './hop.ts';
import { BUDGET_HEADER, carriedHeaders, hops, remainingMs } from './request-context.ts';

/** Another service, called by name. */
export interface Callee {
  /**
   * One request. Gives every answer below 500 with a JSON body, and 409, 402 and the like as they are; throws Problem
   * upstream-refused, upstream-timeout or upstream-failed for everything else. Nothing is retried here: that is the mesh's work.
   */
  call(request: CallRequest): Promise<CallAnswer>;
  close(): Promise<void>;
}

export interface CallRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Milliseconds; never more than the callee's own limit or what is left of the request's budget. */
  timeoutMs?: number;
}

export interface CallAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * How long an idle connection is kept: less than a leaving callee lingers (shutdown.ts), so that it never cuts one that is
 * being written to. The second holds against what the callee says in Keep-Alive, which would be obeyed otherwise.
 */
const IDLE = { keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 };

/** A pool alone would send every request of a quiet shop over its first connection, and so to one pod. */
const WAYS = 16;

/**
 * Calls `service` at `baseUrl`. `limitMs` is looser than the mesh's own timeout, and decides alone where there is no mesh.
 *
 * Requests rotate over several connections that live ten seconds: each connection leads to a pod of its own choosing, so
 * without a mesh versions share the work, and new pods get some. Trace headers are added by the tracer's instrumentation
 * of undici, never here: twice would break them.
 */
export function createCallee({
  service,
  baseUrl,
  limitMs,
}: {
  service: string;
  baseUrl: string;
  limitMs: number;
}): Callee {
  const pools = Array.from({ length: WAYS }, () => new Pool(baseUrl, { connections: 8, clientTtl: 10_000, ...IDLE }));
  let turn = 0;

  async function call({ method, path, body, headers = {}, timeoutMs = limitMs }: CallRequest): Promise<CallAnswer> {
    const budget = Math.floor(Math.min(limitMs, timeoutMs, remainingMs()));
    if (budget <= 0) throw new Problem('deadline-exceeded');
    const start = performance.now();
    const sent = { ...carriedHeaders(), ...headers, accept: 'application/json', [BUDGET_HEADER]: `${budget}` };
    const response = await ask(pools[turn++ % WAYS]!, service, {
      method,
      path,
      headers: body === undefined ? sent : { ...sent, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(budget),
    });
    if (response.status >= 500 || response.body === undefined) throw failure(service, response.status);
    recordHops(response.body, performance.now() - start);
    return response;
  }

  return { call, close: async () => void (await Promise.all(pools.map((pool) => pool.close()))) };
}

type Sent = Omit<Parameters<Pool['request']>[0], 'origin'> & { path: string; method: 'GET' | 'POST' };

async function ask(pool: Pool, service: string, sent: Sent): Promise<CallAnswer> {
  try {
    const { statusCode, headers, body } = await pool.request(sent);
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

/** Envoy's own 503 and 504 have no JSON body; a service's have one. Both become this catalogue's. */
function failure(service: string, status: number): Problem {
  if (status === 503) return new Problem('upstream-refused', { detail: `${service} is not available.` });
  if (status === 504) return new Problem('upstream-timeout', { detail: `${service} did not answer in time.` });
  return new Problem('upstream-failed', { detail: `${service} answered ${status}.` });
}

/** Adds the callee, and whom it called in turn, to the evidence of the current request. */
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
