import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import jaeger from 'jaeger-client';

/** Ids of a span, in hexadecimal. */
export interface Ids {
  traceId: string;
  spanId: string;
}

/** OpenTelemetry's own exporter sends one failed span of checkout below `parent`, in protobuf and gzip. */
export async function sendByOpenTelemetry(url: string, parent: Ids): Promise<Ids> {
  const exporter = new OTLPTraceExporter({ url, compression: 'gzip' as never });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'checkout', 'service.version': 'v2' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const context = trace.setSpanContext(ROOT_CONTEXT, { ...parent, traceFlags: 1, isRemote: true });
  const span = provider.getTracer('test').startSpan('POST /checkout', { kind: SpanKind.SERVER }, context);
  span.setAttributes({ 'http.response.status_code': 502, ratio: 0.5, retried: true, skus: ['tea', 'jam'] });
  span.recordException(new TypeError('no billing'));
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'billing failed' });
  span.end();
  await provider.shutdown();
  return span.spanContext();
}

interface LegacyTracer {
  startSpan(
    name: string,
    options: object,
  ): { setTag(key: string, value: unknown): void; log(fields: object): void; finish(): void };
  close(done: () => void): void;
}

/** jaeger-client's own reporter sends one span of recommendations below `parent`, as recommendations v1 does. */
export async function sendByJaegerClient(collectorEndpoint: string, parent: Ids): Promise<void> {
  const { initTracer, SpanContext } = jaeger as unknown as {
    initTracer(config: object, options: object): LegacyTracer;
    SpanContext: { withStringIds(trace: string, span: string, parent: null, flags: number): unknown };
  };
  const config = {
    serviceName: 'recommendations',
    sampler: { type: 'const', param: 1 },
    reporter: { collectorEndpoint },
  };
  const tracer = initTracer(config, { traceId128bit: true });
  const childOf = SpanContext.withStringIds(parent.traceId, parent.spanId, null, 1);
  const span = tracer.startSpan('GET /recommendations', { childOf });
  span.setTag('http.response.status_code', 200);
  span.setTag('error', false);
  span.log({ event: 'ranked' });
  span.finish();
  await new Promise<void>((resolve) => tracer.close(resolve));
}
