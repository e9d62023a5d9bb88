import type { Span } from './span.ts';

/** Traces in memory, bounded in number and size. */
export interface TraceStore {
  add(spans: readonly Span[]): void;
  get(traceId: string): Span[] | undefined;
  /** Newest first, by the moment a trace was first heard of. */
  traces(): Iterable<Span[]>;
  services(): string[];
  operations(service: string): string[];
}

/** No trace of a demo is longer; one that grows for ever, as of a loop, is cut here. */
const MAX_SPANS = 2_000;

/** Keeps at most `maxTraces` traces and ten spans for each of them on average; the oldest trace goes first. */
export function createStore({ maxTraces }: { maxTraces: number }): TraceStore {
  // A Map keeps the order in which its keys came: the first one is the oldest trace.
  const traces = new Map<string, Map<string, Span>>();
  const maxSpans = maxTraces * 10;
  let count = 0;

  function add(spans: readonly Span[]): void {
    for (const span of spans) {
      const trace = traces.get(span.traceId) ?? new Map<string, Span>();
      if (trace.size >= MAX_SPANS) continue;
      // A server span may share its id with the client's (Zipkin); the service tells them apart. Told twice, kept once.
      const key = `${span.spanId} ${span.service} ${String(span.tags['span.kind'])}`;
      count += trace.has(key) ? 0 : 1;
      trace.set(key, span);
      traces.set(span.traceId, trace);
      while (traces.size > maxTraces || count > maxSpans) forgetOldest();
    }
  }

  function forgetOldest(): void {
    const [oldest, spans] = traces.entries().next().value!;
    traces.delete(oldest);
    count -= spans.size;
  }

  function* all(): Iterable<Span> {
    for (const trace of traces.values()) yield* trace.values();
  }

  return {
    add,
    get: (traceId) => (traces.has(traceId) ? [...traces.get(traceId)!.values()] : undefined),
    traces: () => [...traces.values()].toReversed().map((trace) => [...trace.values()]),
    services: () => [...new Set([...all()].map(({ service }) => service))].sort(),
    operations: (service) =>
      [...new Set([...all()].filter((span) => span.service === service).map(({ name }) => name))].sort(),
  };
}
