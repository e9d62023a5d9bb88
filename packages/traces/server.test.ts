import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { otlpBody, otlpSpan, zipkinSpan } from './testing/bodies.ts';
import { sendByJaegerClient, sendByOpenTelemetry } from './testing/clients.ts';
import { openStore } from './testing/store.ts';
import { PortTaken } from './listen.ts';
import { startTraces } from './server.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const ROOT = 'b7ad6b7169203331';

interface Tag {
  key: string;
  type: string;
  value: unknown;
}
interface Span {
  traceID: string;
  spanID: string;
  operationName: string;
  references: { refType: string; traceID: string; spanID: string }[];
  tags: Tag[];
  logs: { timestamp: number; fields: Tag[] }[];
  startTime: number;
  duration: number;
  processID: string;
}
interface Trace {
  traceID: string;
  spans: Span[];
  processes: Record<string, { serviceName: string; tags: Tag[] }>;
}

test('When real clients and Zipkin send spans of one trace, then they are one trace in Jaeger’s format', async () => {
  await using store = await openStore();
  const { ports } = store;
  const zipkin = JSON.stringify([zipkinSpan(TRACE, ROOT, { tags: { 'http.status_code': '201' } })]);
  const taken = await store.post(ports.zipkin, '/api/v2/spans', { body: zipkin, type: 'application/json' });
  expect([taken.status, await taken.text()]).toEqual([202, '']);
  const url = `http://127.0.0.1:${ports.otlp}/v1/traces`;
  const ours = await sendByOpenTelemetry(url, { traceId: TRACE, spanId: ROOT });
  await sendByJaegerClient(`http://127.0.0.1:${ports.thrift}/api/traces`, ours);

  const { status, body } = await store.json<Trace[]>(`/api/traces/${TRACE}`);
  expect({ status, ...body, data: body.data.length }).toEqual({
    status: 200,
    data: 1,
    total: 0,
    limit: 0,
    offset: 0,
    errors: null,
  });
  const [trace] = body.data;
  const named = (name: string) => trace!.spans.find(({ operationName }) => operationName === name)!;
  const [gateway, checkout, legacy] = [named('charge'), named('POST /checkout'), named('GET /recommendations')];
  expect(trace!.spans).toHaveLength(3);
  expect(gateway).toEqual({
    traceID: TRACE,
    spanID: ROOT,
    operationName: 'charge',
    references: [],
    startTime: 1_795_517_877_001_000,
    duration: 2_000,
    tags: [
      { key: 'http.status_code', type: 'string', value: '201' },
      { key: 'span.kind', type: 'string', value: 'server' },
    ],
    logs: [],
    processID: gateway.processID,
    warnings: null,
  });
  expect(checkout.references).toEqual([{ refType: 'CHILD_OF', traceID: TRACE, spanID: ROOT }]);
  expect(checkout.tags).toEqual([
    { key: 'http.response.status_code', type: 'int64', value: 502 },
    { key: 'ratio', type: 'float64', value: 0.5 },
    { key: 'retried', type: 'bool', value: true },
    { key: 'skus', type: 'string', value: '["tea","jam"]' },
    { key: 'span.kind', type: 'string', value: 'server' },
    { key: 'otel.status_code', type: 'string', value: 'ERROR' },
    { key: 'otel.status_description', type: 'string', value: 'billing failed' },
    { key: 'error', type: 'bool', value: true },
  ]);
  expect(checkout.logs[0]?.fields).toEqual(
    expect.arrayContaining([
      { key: 'event', type: 'string', value: 'exception' },
      { key: 'exception.message', type: 'string', value: 'no billing' },
    ]),
  );
  expect(legacy.references).toEqual([{ refType: 'CHILD_OF', traceID: TRACE, spanID: ours.spanId }]);
  expect(legacy.tags).toEqual(
    expect.arrayContaining([
      { key: 'http.response.status_code', type: 'float64', value: 200 },
      { key: 'error', type: 'bool', value: false },
    ]),
  );
  expect(legacy.logs.map(({ fields }) => fields)).toEqual([[{ key: 'event', type: 'string', value: 'ranked' }]]);
  expect(trace!.processes[checkout.processID]).toEqual({
    serviceName: 'checkout',
    tags: [{ key: 'service.version', type: 'string', value: 'v2' }],
  });
  expect(trace!.processes[legacy.processID]?.serviceName).toBe('recommendations');
  // Spans that were sent now have a time of now, in microseconds.
  expect(Math.abs(legacy.startTime / 1_000 - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(checkout.startTime / 1_000 - Date.now())).toBeLessThan(60_000);
});

test('When ids have lost their leading zeros, then their spans belong to the same trace', async () => {
  await using store = await openStore();
  const { ports } = store;
  const zipkin = JSON.stringify([zipkinSpan('abc', '1'), zipkinSpan('0000000000000abc', '2', { parentId: '1' })]);
  await store.post(ports.zipkin, '/api/v2/spans', { body: zipkin, type: 'application/json' });
  const otlp = otlpBody([otlpSpan('abc'.padStart(32, '0'), '3'.padStart(16, '0'), { parentSpanId: '0'.repeat(16) })]);
  await store.post(ports.otlp, '/v1/traces', { body: otlp, type: 'application/json' });
  const { body } = await store.json<Trace[]>('/api/traces/ABC');
  expect(body.data[0]?.spans.map(({ spanID, references }) => [spanID, references.map((to) => to.spanID)])).toEqual([
    ['0000000000000003', []],
    ['0000000000000001', []],
    ['0000000000000002', ['0000000000000001']],
  ]);
});

test('When a port is in use, then the start fails with one sentence and leaves no other port open', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const start = startTraces({
    host: '127.0.0.1',
    query: port,
    zipkin: 0,
    otlp: 0,
    otlpGrpc: 0,
    thrift: 0,
    maxTraces: 1,
    maxBytes: 1,
  });
  await expect(start).rejects.toThrow(new PortTaken(`Port ${port} is in use by another process.`));
  taken.close();
});
