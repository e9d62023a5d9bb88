import type { JaegerTrace } from './trace.ts';

async function ask<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) return (await response.arrayBuffer(), undefined);
  return (await response.json()) as T;
}

/** A trace by its id from Jaeger's query API at `url`, or undefined while nothing of it has arrived. */
export async function traceById(url: string, id: string): Promise<JaegerTrace | undefined> {
  return (await ask<{ data?: JaegerTrace[] }>(`${url}/api/traces/${id}`))?.data?.[0];
}

/** The newest traces over all services, at most `limit` of each, but for those that Jaeger makes of the questions it is asked. */
export async function newestTraces(url: string, limit: number): Promise<JaegerTrace[]> {
  const services = ((await ask<{ data: string[] }>(`${url}/api/services`))?.data ?? []).filter(
    (name) => name !== 'jaeger',
  );
  const found = new Map<string, JaegerTrace>();
  for (const service of services) {
    const query = new URLSearchParams({ service, limit: `${limit}`, lookback: '1h' });
    for (const trace of (await ask<{ data: JaegerTrace[] }>(`${url}/api/traces?${query}`))?.data ?? [])
      found.set(trace.traceID, trace);
  }
  return [...found.values()];
}
