import { Server, ServerCredentials, type handleUnaryCall, logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import { BODY_LIMIT } from './body.ts';
import { PortTaken } from './listen.ts';
import { readOtlp } from './otlp.ts';
import { BadSpans } from './span.ts';
import type { TraceStore } from './store.ts';

/** OTLP over gRPC, listening: the protocol of an Envoy's OpenTelemetry tracer. */
export interface GrpcIntake {
  port: number;
  close(): Promise<void>;
}

/** Messages stay bytes here: readOtlp knows their shape. Source: opentelemetry-proto, collector/trace/v1/trace_service.proto. */
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

// What goes wrong is thrown or answered; the library would print it as well.
setLogVerbosity(logVerbosity.NONE);

/** An empty ExportTraceServiceResponse: nothing was refused. */
const ALL_TAKEN = Buffer.alloc(0);

/** Takes spans at a port, 0 for a free one. Throws PortTaken. */
export async function takeSpansByGrpc(
  store: TraceStore,
  { host, port }: { host: string; port: number },
): Promise<GrpcIntake> {
  const server = new Server({ 'grpc.max_receive_message_length': BODY_LIMIT });
  const take: handleUnaryCall<Buffer, Buffer> = ({ request }, answer) => {
    try {
      store.add(readOtlp(request, 'application/x-protobuf'));
    } catch (error) {
      const details = error instanceof BadSpans ? error.message : 'The message is not shaped as its format says.';
      return answer({ code: status.INVALID_ARGUMENT, details });
    }
    answer(null, ALL_TAKEN);
  };
  server.addService(SERVICE, { export: take });
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, its) =>
      error ? reject(new PortTaken(`Port ${port} is taken by another process.`)) : resolve(its),
    ),
  );
  return { port: bound, close: async () => server.forceShutdown() };
}
