import type { RequestHandler } from 'express';
import client from 'prom-client';
import { routeOf } from './route-template.ts';
import { tracing } from './tracing/current.ts';

// The only file that knows prom-client. Its successor on npm is @prometheus-io/client, with the same calls.
const { Histogram, Registry, collectDefaultMetrics } = client;

/** The metrics of one process. */
export interface Metrics {
  /** Counts and times each request by route template. */
  record: RequestHandler;
  /** Answers a scrape: OpenMetrics, with exemplars, or Prometheus' text format where the Accept header asks for it. */
  scrape: RequestHandler;
}

/** Makes its own registry, so that two services in one test process do not share metrics. */
export function createMetrics({ name, version }: { name: string; version: string }): Metrics {
  const registry = new Registry<typeof client.openMetricsContentType>();
  registry.setContentType(client.openMetricsContentType);
  registry.setDefaultLabels({ service: name, version });
  collectDefaultMetrics({ register: registry as never });
  const duration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long requests took, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    enableExemplars: true,
    registers: [registry as never],
  });

  return {
    record: (req, res, next) => {
      const start = performance.now();
      const { traceId } = tracing().ids();
      res.once('finish', () => {
        const labels = { method: req.method, route: routeOf(req), status: `${res.statusCode}` };
        duration.observe({
          labels,
          value: (performance.now() - start) / 1000,
          exemplarLabels: (traceId ? { trace_id: traceId } : {}) as Record<string, never>,
        });
      });
      next();
    },
    scrape: async function scrape(req, res) {
      const text =
        req.accepts(['text/plain', 'application/openmetrics-text']) === 'text/plain' &&
        !req.get('accept')?.includes('openmetrics');
      res.set('content-type', text ? client.prometheusContentType : client.openMetricsContentType);
      res.send(text ? withoutExemplars(await registry.metrics()) : await registry.metrics());
    },
  };
}

/** Prometheus' older text format has neither exemplars nor the closing mark. */
function withoutExemplars(text: string): string {
  return text.replace(/ # \{[^}]*\} \S+( \S+)?$/gm, '').replace(/^# EOF\n?$/m, '');
}
