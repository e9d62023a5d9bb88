import { Server, ServerCredentials, type handleUnaryCall, logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import { BODY_LIMIT } from './body.ts';
import { PortTaken } from './listen.ts';
import { readOtlp } from './otlp.ts';
import { BadSpans } from './span.ts';
import type { TraceStore } from './store.ts';

/** Messages stay bytes here; readOtlp decodes them. Source: opentelemetry-proto, collector/trace/v1/trace_service.proto. */
const SERVICE = {
  export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: (body: Buffer) => body,
    requestDeserialize: (body: Buffer) => body,
    responseSerialize: (body: Buffer) => body,
    responseDeserialize: (body: Buffer) => body,
  },
};

// Errors are thrown or answered; the library would print them too.
setLogVerbosity(logVerbosity.NONE);

/** An empty ExportTraceServiceResponse: no span was rejected. */
const ALL_ACCEPTED = Buffer.alloc(0);

/** Accepts spans by OTLP over gRPC, the protocol of Envoy's OpenTelemetry tracer, at a port, 0 for a free one. Throws PortTaken. */
export async function acceptSpansByGrpc(store: TraceStore, { host, port }: { host: string; port: number }) {
  const server = new Server({ 'grpc.max_receive_message_length': BODY_LIMIT });
  const accept: handleUnaryCall<Buffer, Buffer> = ({ request }, answer) => {
    try {
      store.add(readOtlp(request, 'application/x-protobuf'));
    } catch (error) {
      const details = error instanceof BadSpans ? error.message : 'The message does not match its format.';
      return answer({ code: status.INVALID_ARGUMENT, details });
    }
    answer(null, ALL_ACCEPTED);
  };
  server.addService(SERVICE, { export: accept });
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, its) =>
      error ? reject(new PortTaken(`Port ${port} is in use by another process.`)) : resolve(its),
    ),
  );
  return { port: bound, close: async () => server.forceShutdown() };
}
