import type { Span, Tags } from './span.ts';

/** Traces in memory, limited in number and size. */
export interface TraceStore {
  add(spans: readonly Span[]): void;
  get(traceId: string): Span[] | undefined;
  /** Newest first, by the arrival of a trace's first span. */
  traces(): Iterable<Span[]>;
  services(): string[];
  /** Names of a service's spans with their kinds, `''` where there is none. */
  operations(service: string): { name: string; spanKind: string }[];
  /** The numbers that are limited. */
  size(): { traces: number; spans: number; bytes: number };
}

interface Trace {
  spans: Map<string, Span>;
  bytes: number;
}

/** Spans of one trace. No trace of a demo is longer; the limit stops one that grows for ever, as in a loop. */
const MAX_SPANS = 2_000;
/** Bytes of a span besides its text: objects, ids, the entry in the map. Measured over 50,000 spans. */
const SPAN_BYTES = 500;

/** A store of at most `maxTraces` traces with ten spans each on average, and of `maxBytes`; the oldest trace is removed first. */
export function createStore({ maxTraces, maxBytes }: { maxTraces: number; maxBytes: number }): TraceStore {
  // A Map keeps its keys in the order of insertion: the first one is the oldest trace.
  const traces = new Map<string, Trace>();
  const maxSpans = Math.max(maxTraces * 10, MAX_SPANS);
  let count = 0;
  let bytes = 0;

  function add(spans: readonly Span[]): void {
    for (const span of spans) {
      const trace = traces.get(span.traceId) ?? { spans: new Map<string, Span>(), bytes: 0 };
      traces.set(span.traceId, trace);
      put(trace, span);
      while (traces.size > maxTraces || count > maxSpans || bytes > maxBytes) removeOldest();
    }
  }

  function put(trace: Trace, span: Span): void {
    // In Zipkin client and server may share a span id: service and kind distinguish them. A span sent twice is stored once.
    const key = `${span.spanId} ${span.service} ${String(span.tags['span.kind'])}`;
    const before = trace.spans.get(key);
    if (before === undefined && trace.spans.size >= MAX_SPANS) return;
    trace.spans.set(key, span);
    const grown = bytesOf(span) - (before === undefined ? 0 : bytesOf(before));
    trace.bytes += grown;
    bytes += grown;
    count += before === undefined ? 1 : 0;
  }

  function removeOldest(): void {
    const [oldest, trace] = traces.entries().next().value!;
    traces.delete(oldest);
    count -= trace.spans.size;
    bytes -= trace.bytes;
  }

  function* newestFirst(): Iterable<Span[]> {
    for (const trace of [...traces.values()].reverse()) yield [...trace.spans.values()];
  }

  function services(): string[] {
    const names = new Set<string>();
    for (const { spans } of traces.values()) for (const span of spans.values()) names.add(span.service);
    return [...names].sort();
  }

  function operations(service: string): { name: string; spanKind: string }[] {
    const found = new Map<string, { name: string; spanKind: string }>();
    for (const { spans } of traces.values())
      for (const { service: its, name, tags } of spans.values()) {
        const spanKind = String(tags['span.kind'] ?? '');
        if (its === service) found.set(`${name}\n${spanKind}`, { name, spanKind });
      }
    return [...found.keys()].sort().map((key) => found.get(key)!);
  }

  return {
    add,
    get: (traceId) => (traces.has(traceId) ? [...traces.get(traceId)!.spans.values()] : undefined),
    traces: newestFirst,
    services,
    operations,
    size: () => ({ traces: traces.size, spans: count, bytes }),
  };
}

/** Roughly the memory of a span: exact enough that a few long texts count like many short spans. */
function bytesOf({ name, tags, logs = [] }: Span): number {
  return logs.reduce((sum, { fields }) => sum + 100 + textOf(fields), SPAN_BYTES + name.length + textOf(tags));
}

function textOf(tags: Tags): number {
  let sum = 0;
  for (const [key, value] of Object.entries(tags)) sum += 16 + key.length + String(value).length;
  return sum;
}
