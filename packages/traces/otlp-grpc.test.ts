import { expect, test } from '@jest/globals';
import { Client, credentials, status } from '@grpc/grpc-js';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createServer } from 'node:net';
import { PortTaken } from './listen.ts';
import { acceptSpansByGrpc } from './otlp-grpc.ts';
import { openStore } from './testing/store.ts';

test('When OpenTelemetry’s exporter uses gRPC, then its span is stored', async () => {
  await using store = await openStore();
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${store.ports.otlpGrpc}` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'gateway.shop' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const span = provider.getTracer('test').startSpan('POST /checkout', { kind: SpanKind.SERVER });
  span.end();
  await provider.shutdown();
  const { body } = await store.json<object[]>(`/api/traces/${span.spanContext().traceId}`);
  expect(body.data).toEqual([
    expect.objectContaining({
      spans: [expect.objectContaining({ operationName: 'POST /checkout' })],
      processes: { p1: expect.objectContaining({ serviceName: 'gateway.shop' }) },
    }),
  ]);
});

test('When a message is not an export, then it is rejected with one sentence', async () => {
  await using store = await openStore();
  const client = new Client(`127.0.0.1:${store.ports.otlpGrpc}`, credentials.createInsecure());
  const bytes = (body: Buffer) => body;
  const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
  const error = await new Promise((resolve) =>
    client.makeUnaryRequest(path, bytes, bytes, Buffer.from([7, 7]), (its) => resolve(its)),
  );
  client.close();
  expect(error).toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: 'The body is not an ExportTraceServiceRequest in protobuf.',
  });
});

test('When another process uses the port, then the message names the port', async () => {
  await using store = await openStore();
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  await expect(acceptSpansByGrpc(store.store, { host: '127.0.0.1', port })).rejects.toThrow(
    new PortTaken(`Port ${port} is in use by another process.`),
  );
  other.close();
});
