import type { Shop } from './shop.ts';
import type { JaegerTrace } from './trace.ts';

/** Asks a path of Jaeger's query API; undefined where there is nothing. */
export type Ask = <T>(path: string) => Promise<T | undefined>;

/** The query API at a URL. */
export const askAt =
  (url: string): Ask =>
  async <T>(path: string) => {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) return (await response.arrayBuffer(), undefined);
    return (await response.json()) as T;
  };

/** A shop's traces, whichever way the query API is reached. */
export function tracesBy(ask: Ask): Shop['traces'] {
  return {
    get: async (id) => (await ask<{ data?: JaegerTrace[] }>(`/api/traces/${id}`))?.data?.[0],
    newest: async (limit) => {
      const services = (await ask<{ data: string[] }>('/api/services'))?.data ?? [];
      const found = new Map<string, JaegerTrace>();
      for (const service of services) {
        const query = new URLSearchParams({ service, limit: `${limit}`, lookback: '1h' });
        for (const trace of (await ask<{ data: JaegerTrace[] }>(`/api/traces?${query}`))?.data ?? [])
          found.set(trace.traceID, trace);
      }
      return [...found.values()];
    },
  };
}
