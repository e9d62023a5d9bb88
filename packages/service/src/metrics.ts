import type { RequestHandler } from 'express';
import client from 'prom-client';
import { routeOf, statusOf } from './route-template.ts';
import { tracing } from './tracing/current.ts';

// The only file that knows prom-client. Its successor on npm is @prometheus-io/client, with the same calls.
const { Counter, Gauge: PromGauge, Histogram, Registry, collectDefaultMetrics } = client;

/** A number for each value of a label, read when it is scraped; while `read` fails, the last numbers stay. */
export interface Gauge {
  name: string;
  help: string;
  label: string;
  read(): Promise<Record<string, number>>;
}

type MetricsOptions = { name: string; version: string; gauges?: readonly Gauge[] };

/** The metrics of one process, in a registry of its own, so that two services in one test process do not share metrics. */
export function createMetrics({ name, version, gauges = [] }: MetricsOptions) {
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

  const refused = new Counter({
    name: 'http_server_refused_requests_total',
    help: 'Requests that the HTTP parser refused, by the status of the answer: they reach no route.',
    labelNames: ['status'],
    registers: [registry as never],
  });
  for (const gauge of gauges) addGauge(registry as never, gauge);

  /** Counts and times each request by route template. */
  const record: RequestHandler = (req, res, next) => {
    const start = performance.now();
    const { traceId } = tracing().ids();
    const exemplarLabels = (traceId ? { trace_id: traceId } : {}) as Record<string, never>;
    res.once('close', () => {
      const labels = { method: req.method, route: routeOf(req), status: `${statusOf(res)}` };
      duration.observe({ labels, value: (performance.now() - start) / 1000, exemplarLabels });
    });
    next();
  };

  /** Answers a scrape: OpenMetrics, with exemplars, or Prometheus' text format for those who ask for it. */
  const scrape: RequestHandler = async (req, res) => {
    const text =
      req.accepts(['text/plain', 'application/openmetrics-text']) === 'text/plain' &&
      !req.get('accept')?.includes('openmetrics');
    res.set('content-type', text ? client.prometheusContentType : client.openMetricsContentType);
    res.send(text ? withoutExemplars(await registry.metrics()) : await registry.metrics());
  };

  /** Counts a request that reached no route. */
  const refuse = (status: number) => refused.inc({ status: `${status}` });

  return { record, refuse, scrape };
}

function addGauge(registry: client.Registry, { name, help, label, read }: Gauge): void {
  new PromGauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect: async function collect() {
      for (const [value, number] of Object.entries(await read().catch(() => ({}))))
        this.set({ [label]: value }, number);
    },
  });
}

/** Prometheus' older text format has neither exemplars nor the closing mark. */
function withoutExemplars(text: string): string {
  return text.replace(/ # \{[^}]*\} \S+( \S+)?$/gm, '').replace(/^# EOF\n?$/m, '');
}
