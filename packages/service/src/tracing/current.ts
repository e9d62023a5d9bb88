import type { RequestHandler } from 'express';

/** The process's tracer, OpenTelemetry or jaeger-client, as this package uses it. */
export interface Tracing {
  /** The ids of the span that is active now, in lower-case hex, or nothing outside of any. */
  ids(): { traceId?: string; spanId?: string };
  /** The active span as a W3C traceparent, to be stored with work that is done later. */
  traceparent(): string | undefined;
  /** Does `work` inside a span `name` that continues a stored traceparent; without one, it only does the work. */
  continue<T>(traceparent: string | undefined, name: string, work: () => Promise<T>): Promise<T>;
  /** Does `work` inside a span for one SQL statement, for a tracer that does not instrument the driver. */
  query?<T>(statement: string, work: () => Promise<T>): Promise<T>;
  /** Does `work` inside a span for one call, with the headers that say so to the callee, for a tracer that does not instrument the client. */
  call?<T extends { status: number }>(
    method: string,
    work: (headers: Record<string, string>) => Promise<T>,
  ): Promise<T>;
  /** Opens a span for each request, for a tracer that does not instrument the server. */
  middleware?: RequestHandler;
  /** Sends what is still in memory; never throws. */
  flush(): Promise<void>;
}

const none: Tracing = {
  ids: () => ({}),
  traceparent: () => undefined,
  continue: (_traceparent, _name, work) => work(),
  flush: async () => undefined,
};

// On globalThis, because the bundled bootstrap contains a copy of this module, and both copies must share the tracer.
const KEY = Symbol.for('tuesday.tracing');
const holder = globalThis as unknown as Record<symbol, Tracing | undefined>;

/** Called once by the tracer that `register.ts` chose. */
export function setTracing(tracing: Tracing): void {
  holder[KEY] = tracing;
}

/** The tracer of this process; one that does nothing where none was started (tests). */
export function tracing(): Tracing {
  return holder[KEY] ?? none;
}
