import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { statusOf } from '../route-template.ts';
import { setTracing } from './current.ts';

const { SERVICE_NAME: name = 'unknown', SERVICE_VERSION: version = 'v1', POD_NAME: pod = 'local' } = process.env;
// A processor made by hand does not read the environment as the SDK's own does.
const { OTEL_BSP_SCHEDULE_DELAY: delay = '5000' } = process.env;

/** Requests of probes and scrapes, every few seconds, are not traced. */
const PROBED = new Set(['/healthz', '/readyz', '/metrics']);

// The synchronous hook is import-in-the-middle's own; OpenTelemetry's documents name only the slower asynchronous one.
// Without it, ESM imports of express and pg would not be traced, silently. A test misses their spans.
register({ include: ['express', 'pg', 'pg-pool'] } as Parameters<typeof register>[0]);

process.env['OTEL_PROPAGATORS'] ??= 'tracecontext,baggage,b3multi';
// The SDK would send metrics and logs to localhost by default; prom-client and pino do that here.
process.env['OTEL_METRICS_EXPORTER'] = 'none';
process.env['OTEL_LOGS_EXPORTER'] = 'none';

const exporter = new OTLPTraceExporter();
const processor = new BatchSpanProcessor({ exporter, scheduledDelayMillis: Number(delay) });
const provider = new NodeSDK({
  resource: resourceFromAttributes({ 'service.name': name, 'service.version': version, 'k8s.pod.name': pod }),
  autoDetectResources: false,
  spanProcessors: [processor],
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = '' }) => PROBED.has(url.split('?', 1)[0]!),
      // The instrumentation writes the status that would have been sent, also where the client has left before.
      applyCustomAttributesOnSpan: (span, _request, response) => {
        if ('writableEnded' in response) span.setAttribute('http.response.status_code', statusOf(response));
      },
      ignoreOutgoingRequestHook: () => true, // the exporter's own requests; services call each other through undici
    }),
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    new UndiciInstrumentation({ requireParentforSpans: true }),
    new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
  ],
});
provider.start();

const VALID = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[0-9a-f]$/;
const tracer = trace.getTracer('@tuesday/service');

setTracing({
  ids: () => {
    const span = trace.getActiveSpan()?.spanContext();
    return span ? { traceId: span.traceId, spanId: span.spanId } : {};
  },
  traceparent: () => {
    const span = trace.getActiveSpan()?.spanContext();
    return span && `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`;
  },
  continue: (traceparent, spanName, work) => {
    if (!traceparent || !VALID.test(traceparent)) return work();
    const parent = propagation.extract(context.active(), { traceparent });
    return tracer.startActiveSpan(spanName, {}, parent, (span) => work().finally(() => span.end()));
  },
  flush: () => processor.forceFlush().catch(() => undefined),
});
