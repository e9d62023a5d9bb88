import { type RequestListener, createServer } from 'node:http';
import type { TracesConfig } from './config.ts';
import { INTAKES, takeSpans } from './intake.ts';
import { listen, stop } from './listen.ts';
import { type GrpcIntake, takeSpansByGrpc } from './otlp-grpc.ts';
import { answerRequest } from './query.ts';
import { type TraceStore, createStore } from './store.ts';

/** The trace store, listening; `ports` tells where. */
export interface TracesServer {
  store: TraceStore;
  ports: Record<'query' | 'zipkin' | 'otlp' | 'otlpGrpc' | 'thrift', number>;
  close(): Promise<void>;
}

/** Opens the five ports. Throws PortTaken. */
export async function startTraces(config: TracesConfig): Promise<TracesServer> {
  const store = createStore(config);
  const servers = {
    zipkin: serverOf(takeSpans(store, INTAKES.zipkin)),
    otlp: serverOf(takeSpans(store, INTAKES.otlp)),
    thrift: serverOf(takeSpans(store, INTAKES.thrift)),
    query: serverOf(answerRequest(store)),
  };
  let grpc: GrpcIntake | undefined;
  const close = async () => void (await Promise.all([grpc?.close(), ...Object.values(servers).map(stop)]));
  const ports = { query: 0, zipkin: 0, otlp: 0, otlpGrpc: 0, thrift: 0 };
  try {
    grpc = await takeSpansByGrpc(store, { host: config.host, port: config.otlpGrpc });
    ports.otlpGrpc = grpc.port;
    // The query port last: it is what readiness is probed at.
    for (const name of ['zipkin', 'otlp', 'thrift', 'query'] as const)
      ports[name] = await listen(servers[name], { host: config.host, port: config[name] });
  } catch (error) {
    await close();
    throw error;
  }
  return { store, ports, close };
}

/**
 * An Envoy flushes its spans every 5 s and does not send a batch again: by Node's default of 5 s it would meet the end of
 * its connection just then. Open until the client ends it, as Jaeger's are.
 */
function serverOf(answer: RequestListener) {
  return createServer({ keepAliveTimeout: 0 }, answer);
}
