import type { RequestListener } from 'node:http';
import type { TracesConfig } from './config.ts';
import { INTAKES, acceptSpans } from './intake.ts';
import { listen, stop } from './listen.ts';
import { acceptSpansByGrpc } from './otlp-grpc.ts';
import { answerRequest } from './query.ts';
import { type TraceStore, createStore } from './store.ts';

// Not imported, because an import of node:http makes Node load undici: decision 17.
const { createServer } = process.getBuiltinModule('node:http');

/** A running trace store and the ports that it listens on. */
export interface TracesServer {
  store: TraceStore;
  ports: Record<'query' | 'zipkin' | 'otlp' | 'otlpGrpc' | 'thrift', number>;
  close(): Promise<void>;
}

/** Opens the five ports. Throws PortTaken. */
export async function startTraces(config: TracesConfig): Promise<TracesServer> {
  const store = createStore(config);
  const servers = {
    zipkin: serverOf(acceptSpans(store, INTAKES.zipkin)),
    otlp: serverOf(acceptSpans(store, INTAKES.otlp)),
    thrift: serverOf(acceptSpans(store, INTAKES.thrift)),
    query: serverOf(answerRequest(store)),
  };
  let grpc: Awaited<ReturnType<typeof acceptSpansByGrpc>> | undefined;
  const close = async () => void (await Promise.all([grpc?.close(), ...Object.values(servers).map(stop)]));
  const ports = { query: 0, zipkin: 0, otlp: 0, otlpGrpc: 0, thrift: 0 };
  try {
    grpc = await acceptSpansByGrpc(store, { host: config.host, port: config.otlpGrpc });
    ports.otlpGrpc = grpc.port;
    // The query port comes last, because the readiness probe checks it.
    for (const name of ['zipkin', 'otlp', 'thrift', 'query'] as const)
      ports[name] = await listen(servers[name], { host: config.host, port: config[name] });
  } catch (error) {
    await close();
    throw error;
  }
  return { store, ports, close };
}

/**
 * An Envoy sends its spans every 5 s and never repeats a batch. Node's default closes an idle connection after 5 s, just when
 * the next batch comes. So connections stay open until the client closes them, as in Jaeger.
 */
function serverOf(answer: RequestListener) {
  return createServer({ keepAliveTimeout: 0 }, answer);
}
