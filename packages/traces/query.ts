import type { IncomingMessage, ServerResponse } from 'node:http';
import { jaegerTrace } from './jaeger-json.ts';
import { BadQuery, readSearch } from './search.ts';
import type { TraceStore } from './store.ts';

/** An answer of the query API: a status, and a body with Jaeger's envelope. */
export interface QueryAnswer {
  status: number;
  body: object;
}

const answer = (status: number, parts: object): QueryAnswer => ({
  status,
  body: { data: null, total: 0, limit: 0, offset: 0, errors: null, ...parts },
});
const names = (data: readonly unknown[]) => answer(200, { data, total: data.length });
// Like Jaeger: `total` is the number of names, and 0 for traces.
const traces = (data: readonly object[], errors: object[] | null = null) => answer(200, { data, errors });
const failed = (code: number, msg: string) => answer(code, { errors: [{ code, msg }] });

/** Answers requests to the query port. No malformed request may end the process, which has all traces in memory. */
export function answerRequest(store: TraceStore) {
  return function respond(req: IncomingMessage, res: ServerResponse): void {
    const { status, body } =
      req.method === 'GET' || req.method === 'HEAD'
        ? answerQuery(store, req.url ?? '/')
        : failed(405, 'this port only answers GET and HEAD');
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/**
 * Answers the part of Jaeger's query API that its page, users' scripts and `tuesday trace` use. Jaeger has no query for the
 * newest traces of all services: ask /api/services, then search each service with a small `limit` (the newest come first),
 * and join the answers by traceID.
 */
export function answerQuery(store: TraceStore, target: string, now: () => number = Date.now): QueryAnswer {
  const [path = '', search = ''] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  if (path === '/api/services') return names(store.services());
  if (path === '/api/operations') return operations(store, query);
  try {
    const [, service] = /^\/api\/services\/([^/]+)\/operations$/.exec(path) ?? [];
    if (service) return names([...new Set(store.operations(decodeURIComponent(service)).map(({ name }) => name))]);
    if (path === '/api/traces') return query.has('traceID') ? byIds(store, query) : find(store, query, now);
    const [, traceId] = /^\/api\/traces\/([^/]+)$/.exec(path) ?? [];
    if (!traceId) return failed(404, 'no such path');
    const trace = store.get(padded(traceId));
    return trace ? traces([jaegerTrace(trace)]) : failed(404, 'trace not found');
  } catch (error) {
    if (error instanceof BadQuery) return failed(400, error.message);
    if (error instanceof URIError) return failed(400, 'the path is not percent-encoded');
    throw error;
  }
}

function operations(store: TraceStore, query: URLSearchParams): QueryAnswer {
  const service = query.get('service');
  if (!service) return failed(400, "parameter 'service' is required");
  const kind = query.get('spanKind');
  return names(store.operations(service).filter(({ spanKind }) => !kind || spanKind === kind));
}

function find(store: TraceStore, query: URLSearchParams, now: () => number): QueryAnswer {
  const { limit, matches } = readSearch(query, now);
  const found: object[] = [];
  for (const trace of store.traces()) {
    if (found.length >= limit) break;
    if (trace.some(matches)) found.push(jaegerTrace(trace));
  }
  return traces(found);
}

function byIds(store: TraceStore, query: URLSearchParams): QueryAnswer {
  const ids = query.getAll('traceID').map(padded);
  const found = ids.flatMap((id) => {
    const trace = store.get(id);
    return trace ? [jaegerTrace(trace)] : [];
  });
  const missing = ids.filter((id) => !store.get(id)).map((traceID) => ({ msg: 'trace not found', traceID }));
  return traces(found, missing.length > 0 ? missing : null);
}

function padded(id: string): string {
  if (!/^[0-9a-f]{1,32}$/i.test(id)) throw new BadQuery(`"${id}" is not a trace id of at most 32 hexadecimal digits`);
  return id.toLowerCase().padStart(32, '0');
}
