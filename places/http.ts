import type { Place } from './place.ts';

/** Requests to a gateway at a URL without a slash at its end: a place's `ask`. */
export const askAt =
  (url: string): Place['ask'] =>
  (path, init) =>
    fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000), ...init });

/** Where every service of the shop serves its metrics: the annotations prometheus.io/port and prometheus.io/path of k8s/base. */
export const METRICS = { port: 8080, path: '/metrics' };

/** Reads the metrics at a host and port, in Prometheus' text format. Throws when they are not there. */
export async function readMetrics(host: string, port: number): Promise<string> {
  const url = `http://${host}:${port}${METRICS.path}`;
  const response = await fetch(url, { headers: { accept: 'text/plain' }, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${text}`);
  return text;
}
