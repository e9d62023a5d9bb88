import type { Place } from './place.ts';
import { read } from './read.ts';

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
  const { ok, status, text } = await read(url, { accept: 'text/plain' });
  if (!ok) throw new Error(`GET ${url}: ${status} ${text}`);
  return text;
}
