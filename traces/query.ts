import { jaegerTrace } from './jaeger-json.ts';
import type { Span } from './span.ts';
import type { TraceStore } from './store.ts';

/** An answer of the query API: a status and Jaeger's envelope. */
export interface QueryAnswer {
  status: number;
  body: object;
}

const found = (data: readonly unknown[]): QueryAnswer => ({
  status: 200,
  body: { data, total: data.length, limit: 0, offset: 0, errors: null },
});
const failed = (code: number, msg: string): QueryAnswer => ({
  status: code,
  body: { data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] },
});

/** Answers Jaeger's query API, as far as its page, its users' scripts and `tuesday trace` use it. */
export function answerQuery(store: TraceStore, url: URL): QueryAnswer {
  const { pathname, searchParams: query } = url;
  if (pathname === '/api/services') return found(store.services());
  const [, service] = /^\/api\/services\/([^/]+)\/operations$/.exec(pathname) ?? [];
  if (service) return found(store.operations(decodeURIComponent(service)));
  if (pathname === '/api/operations')
    return found(store.operations(query.get('service') ?? '').map((name) => ({ name, spanKind: '' })));
  if (pathname === '/api/traces') return findTraces(store, query);
  const [, traceId] = /^\/api\/traces\/([0-9a-fA-F]{1,32})$/.exec(pathname) ?? [];
  const trace = traceId && store.get(traceId.toLowerCase().padStart(32, '0'));
  if (trace) return found([jaegerTrace(trace)]);
  return traceId ? failed(404, 'trace not found') : failed(404, 'no such path');
}

function findTraces(store: TraceStore, query: URLSearchParams): QueryAnswer {
  const service = query.get('service');
  if (!service) return failed(400, "parameter 'service' is required");
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1) return failed(400, `unable to parse param 'limit': ${query.get('limit')}`);
  const wanted = filter(query, service);
  const traces: object[] = [];
  for (const trace of store.traces()) {
    if (traces.length >= limit) break;
    if (trace.some(wanted)) traces.push(jaegerTrace(trace));
  }
  return found(traces);
}

/** Whether a span makes its trace match: service, operation, times (µs), durations (`1.2s`, `100ms`, `1us`) and tags (a JSON object). */
function filter(query: URLSearchParams, service: string): (span: Span) => boolean {
  const operation = query.get('operation');
  const [start, end] = [Number(query.get('start') ?? 0), Number(query.get('end') ?? Infinity)];
  const [least, most] = [micros(query.get('minDuration'), 0), micros(query.get('maxDuration'), Infinity)];
  const tags = Object.entries(JSON.parse(query.get('tags') || '{}') as Record<string, string>);
  return (span) =>
    span.service === service &&
    (!operation || span.name === operation) &&
    span.start >= start &&
    span.start <= end &&
    span.duration >= least &&
    span.duration <= most &&
    tags.every(([key, value]) => String(span.tags[key] ?? span.processTags[key]) === value);
}

function micros(text: string | null, otherwise: number): number {
  const [, number, unit] = /^([\d.]+)(us|µs|ms|s)$/.exec(text ?? '') ?? [];
  return number ? Number(number) * { us: 1, µs: 1, ms: 1_000, s: 1_000_000 }[unit as 'us']! : otherwise;
}
