import { afterAll, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import jaeger from 'jaeger-client';
import { startTraces } from './server.ts';

const server = await startTraces({ query: 0, zipkin: 0, otlp: 0, thrift: 0, maxTraces: 50 });
afterAll(() => server.close());
const { ports } = server;

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const post = (port: number, path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers });
const query = async (path: string) =>
  (await fetch(`http://127.0.0.1:${ports.query}${path}`)).json() as Promise<{ data: never[]; errors: unknown }>;

const otlp = (traceId: string, spanId: string, parentSpanId?: string) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'checkout' } },
            { key: 'service.version', value: { stringValue: 'v1' } },
          ],
        },
        scopeSpans: [
          {
            spans: [
              {
                traceId,
                spanId,
                parentSpanId,
                name: 'POST /checkout',
                kind: 2,
                startTimeUnixNano: '1795517877000000000',
                endTimeUnixNano: '1795517877005000000',
              },
            ],
          },
        ],
      },
    ],
  });
const zipkin = (traceId: string, id: string, parentId: string) =>
  JSON.stringify([
    {
      traceId,
      id,
      parentId,
      kind: 'SERVER',
      name: 'charge',
      timestamp: 1795517877001000,
      duration: 2000,
      localEndpoint: { serviceName: 'billing' },
    },
  ]);

/** A real legacy client sends one span, as recommendations v1 does. */
async function sendByJaegerClient(traceId: string, parentId: string): Promise<void> {
  const { initTracer, SpanContext } = jaeger as unknown as {
    initTracer(
      config: object,
      options: object,
    ): {
      startSpan(name: string, options: object): { setTag(key: string, value: unknown): void; finish(): void };
      close(done: () => void): void;
    };
    SpanContext: { withStringIds(trace: string, span: string, parent: null, flags: number): unknown };
  };
  const config = {
    serviceName: 'recommendations',
    sampler: { type: 'const', param: 1 },
    reporter: { collectorEndpoint: `http://127.0.0.1:${ports.thrift}/api/traces` },
  };
  const tracer = initTracer(config, { traceId128bit: true });
  const span = tracer.startSpan('GET /recommendations', {
    childOf: SpanContext.withStringIds(traceId, parentId, null, 1),
  });
  span.setTag('http.response.status_code', 200);
  span.setTag('error', false);
  span.finish();
  await new Promise<void>((resolve) => tracer.close(resolve));
}

test('When spans of one trace come in three formats, then they are one trace in Jaeger’s shape', async () => {
  const json = { 'content-type': 'application/json' };
  expect((await post(ports.otlp, '/v1/traces', otlp(TRACE, 'b7ad6b7169203331'), json)).status).toBe(200);
  expect(
    (await post(ports.zipkin, '/api/v2/spans', zipkin(TRACE, '00f067aa0ba902b7', 'b7ad6b7169203331'), json)).status,
  ).toBe(202);
  await sendByJaegerClient(TRACE, 'b7ad6b7169203331');

  const [trace] = (await query(`/api/traces/${TRACE}`)).data as unknown as {
    spans: {
      operationName: string;
      references: { spanID: string }[];
      duration: number;
      tags: { key: string; value: unknown }[];
    }[];
    processes: Record<string, { serviceName: string }>;
  }[];
  expect(
    Object.values(trace!.processes)
      .map(({ serviceName }) => serviceName)
      .sort(),
  ).toEqual(['billing', 'checkout', 'recommendations']);
  const legacy = trace!.spans.find(({ operationName }) => operationName === 'GET /recommendations');
  expect(legacy?.references.map(({ spanID }) => spanID)).toEqual(['b7ad6b7169203331']);
  expect(legacy?.tags).toEqual(
    expect.arrayContaining(
      [{ key: 'http.response.status_code', type: 'float64', value: 200 }].map(({ key, value }) =>
        expect.objectContaining({ key, value }),
      ),
    ),
  );
  expect(trace!.spans.find(({ operationName }) => operationName === 'POST /checkout')?.duration).toBe(5_000);
  expect((await query('/api/services')).data).toEqual(['billing', 'checkout', 'recommendations']);
});

test('When ids come without their leading zeros, then they are the same trace', async () => {
  await post(ports.zipkin, '/api/v2/spans', zipkin('abc', '1', '2'), { 'content-type': 'application/json' });
  expect((await query('/api/traces/0000000000000abc')).data).toHaveLength(1);
});

test('When a body is compressed, then it is read all the same', async () => {
  const id = 'c'.repeat(32);
  const body = gzipSync(otlp(id, 'd'.repeat(16)));
  await post(ports.otlp, '/v1/traces', new Uint8Array(body), {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
  });
  expect((await query(`/api/traces/${id}`)).data).toHaveLength(1);
});

test.each([
  ['otlp', '/v1/traces', 'application/json', '{', 400],
  ['otlp', '/v1/traces', 'application/x-protobuf', '\u0007\u0007', 400],
  ['otlp', '/v1/traces', 'text/plain', 'x', 415],
  ['zipkin', '/api/v2/spans', 'application/json', '{}', 400],
  ['zipkin', '/api/v2/spans', 'application/json', '[{"traceId":"nothex","id":"1"}]', 400],
  ['thrift', '/api/traces', 'application/x-thrift', 'nonsense', 400],
  ['thrift', '/elsewhere', 'application/x-thrift', '', 404],
] as const)('When %s %s gets %s %j, then %d', async (port, path, type, body, status) => {
  expect((await post(ports[port], path, body, { 'content-type': type })).status).toBe(status);
});

test('When more traces come than are kept, then the oldest go', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `${index + 1}`.padStart(32, 'e'));
  for (const id of ids)
    await post(ports.otlp, '/v1/traces', otlp(id, 'f'.repeat(16)), { 'content-type': 'application/json' });
  expect([...server.store.traces()]).toHaveLength(50);
  expect((await query(`/api/traces/${ids[0]}`)).errors).toEqual([{ code: 404, msg: 'trace not found' }]);
  expect((await query(`/api/traces/${ids.at(-1)}`)).data).toHaveLength(1);
  const newest = await query('/api/traces?service=checkout&limit=2');
  expect((newest.data as { traceID: string }[]).map(({ traceID }) => traceID)).toEqual([ids.at(-1), ids.at(-2)]);
});

test('When traces are asked for without a service, then 400 as Jaeger says it', async () => {
  expect((await fetch(`http://127.0.0.1:${ports.query}/api/traces`)).status).toBe(400);
});
