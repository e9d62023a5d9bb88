import { ConfigError, readConfig } from './config.ts';
import { PortTaken } from './listen.ts';
import { startTraces } from './server.ts';

/** Runs the trace store that replaces Jaeger on a laptop. */
try {
  const { ports, close } = await startTraces(readConfig(process.env, process.argv.slice(2)));
  const { query, zipkin, otlp, otlpGrpc, thrift } = ports;
  console.info(`query ${query}, zipkin ${zipkin}, otlp ${otlp}, otlp-grpc ${otlpGrpc}, thrift ${thrift}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof PortTaken)) throw error;
  console.error(error.message);
  process.exit(error instanceof ConfigError ? 64 : 1);
}
