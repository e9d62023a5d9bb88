import { read } from './read.ts';

/** A trace as Jaeger's query API gives it: the fields that the shop reads. */
export interface JaegerTrace {
  traceID: string;
  spans: JaegerSpan[];
  processes: Record<string, { serviceName: string; tags?: Tag[] }>;
}

export interface JaegerSpan {
  traceID: string;
  spanID: string;
  operationName: string;
  references: { refType: string; traceID: string; spanID: string }[];
  /** Both in microseconds, the start since the epoch. */
  startTime: number;
  duration: number;
  tags: Tag[];
  processID: string;
}

/** One tag of a span or process. */
export interface Tag {
  key: string;
  value: unknown;
}

/** The traces of a place. */
export interface Traces {
  /** A trace by its id, or undefined while nothing of it has arrived. */
  get(id: string): Promise<JaegerTrace | undefined>;
  /** The newest traces of each service, at most `limit` of one service. */
  newest(limit: number): Promise<JaegerTrace[]>;
}

/** Reads a path of Jaeger's query API; undefined for an answer that is no success. */
export type JaegerQuery = <T>(path: string) => Promise<T | undefined>;

/** The query API behind something that reads its paths. */
export const jaegerFrom =
  (readPath: (path: string) => ReturnType<typeof read>): JaegerQuery =>
  async <T>(path: string) => {
    const { ok, text } = await readPath(path);
    return ok ? (JSON.parse(text) as T) : undefined;
  };

/** The query API at a URL without a slash at its end. */
export const jaegerAt = (url: string) => jaegerFrom((path) => read(`${url}${path}`));

/** The traces of a place. */
export function tracesFrom(query: JaegerQuery): Traces {
  return {
    get: async (id) => (await query<{ data?: JaegerTrace[] }>(`/api/traces/${id}`))?.data?.[0],
    newest: async (limit) => {
      const services = (await query<{ data: string[] }>('/api/services'))?.data ?? [];
      const found = services.map((service) => {
        const wanted = new URLSearchParams({ service, limit: `${limit}` });
        return query<{ data: JaegerTrace[] }>(`/api/traces?${wanted}`);
      });
      // A trace comes back once for each service in it.
      const traces = (await Promise.all(found)).flatMap((answer) => answer?.data ?? []);
      return [...new Map(traces.map((trace) => [trace.traceID, trace])).values()];
    },
  };
}
