import { AsyncLocalStorage } from 'node:async_hooks';
import jaeger from 'jaeger-client';
import * as opentracing from 'opentracing';
import { b3AndW3cCodec, paddedIds } from './b3-w3c-codec.ts';
import { statusOf } from '../route-template.ts';
import { setTracing } from './current.ts';

const { SERVICE_NAME: name = 'unknown', SERVICE_VERSION: version = 'v1', POD_NAME: pod = 'local' } = process.env;
const { JAEGER_ENDPOINT, JAEGER_REPORTER_FLUSH_INTERVAL = '1000' } = process.env;

// The sampler must be named: the default one asks an agent that has not existed since Jaeger v2.
const tracer = jaeger.initTracer(
  {
    serviceName: name,
    sampler: { type: 'const', param: 1 },
    reporter: {
      ...(JAEGER_ENDPOINT && { collectorEndpoint: JAEGER_ENDPOINT }),
      flushIntervalMs: Number(JAEGER_REPORTER_FLUSH_INTERVAL),
    },
  },
  // 128-bit ids are taken from this second argument only.
  { tags: { 'service.version': version, 'k8s.pod.name': pod }, traceId128bit: true } as jaeger.TracingOptions,
) as jaeger.JaegerTracer;
tracer.registerInjector(opentracing.FORMAT_HTTP_HEADERS, b3AndW3cCodec as never);
tracer.registerExtractor(opentracing.FORMAT_HTTP_HEADERS, b3AndW3cCodec as never);

const active = new AsyncLocalStorage<opentracing.Span>();

function childOf(
  parent: opentracing.SpanContext | opentracing.Span | null | undefined,
  operation: string,
  tags: Record<string, string>,
): opentracing.Span {
  return tracer.startSpan(operation, { ...(parent && { childOf: parent }), tags });
}

/** Ends the span whether the work succeeds or not; a failure is marked, without its message. */
async function inside<T>(span: opentracing.Span, work: () => Promise<T>): Promise<T> {
  try {
    return await active.run(span, work);
  } catch (error) {
    span.setTag(opentracing.Tags.ERROR, true);
    throw error;
  } finally {
    span.finish();
  }
}

setTracing({
  ids: () => {
    const span = active.getStore();
    return span ? paddedIds(span.context() as never) : {};
  },
  traceparent: () => {
    const span = active.getStore();
    if (!span) return undefined;
    const headers: Record<string, string> = {};
    tracer.inject(span, opentracing.FORMAT_HTTP_HEADERS, headers);
    return headers['traceparent'];
  },
  continue: (traceparent, operation, work) => {
    const parent = traceparent && tracer.extract(opentracing.FORMAT_HTTP_HEADERS, { traceparent });
    return parent ? inside(childOf(parent, operation, {}), work) : work();
  },
  query: (statement, work) => {
    const parent = active.getStore();
    if (!parent) return work();
    const operation = statement.trim().split(/\s+/, 1)[0]!.toUpperCase();
    return inside(
      childOf(parent, `${operation} ${name}`, {
        'span.kind': 'client',
        'db.system.name': 'postgresql',
        'db.query.text': statement,
      }),
      work,
    );
  },
  call: (method, work) => {
    const parent = active.getStore();
    if (!parent) return work({});
    const span = childOf(parent, method, { 'span.kind': 'client', 'http.request.method': method });
    const headers: Record<string, string> = {};
    tracer.inject(span, opentracing.FORMAT_HTTP_HEADERS, headers);
    return inside(span, async () => {
      const answer = await work(headers);
      span.setTag('http.response.status_code', answer.status);
      if (answer.status >= 500) span.setTag(opentracing.Tags.ERROR, true);
      return answer;
    });
  },
  middleware: function tracedByJaeger(req, res, next) {
    const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, `${value}`]));
    const parent = tracer.extract(opentracing.FORMAT_HTTP_HEADERS, headers);
    const span = childOf(parent, req.method, { 'span.kind': 'server', 'http.request.method': req.method });
    res.once('close', () => {
      const route = (req.route as { path?: string } | undefined)?.path;
      if (route) span.setOperationName(`${req.method} ${route}`).setTag('http.route', route);
      span.setTag('http.response.status_code', statusOf(res));
      if (statusOf(res) >= 500) span.setTag(opentracing.Tags.ERROR, true);
      span.finish();
    });
    active.run(span, next);
  },
  flush: () => new Promise((resolve) => tracer.close(resolve)),
});
