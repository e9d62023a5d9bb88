import { readConfig } from './config.ts';
import { startTraces } from './server.ts';

/** The trace store that plays Jaeger on a laptop. */
const server = await startTraces(readConfig(process.env, process.argv.slice(2)));
console.info(
  `query ${server.ports.query}, zipkin ${server.ports.zipkin}, otlp ${server.ports.otlp}, thrift ${server.ports.thrift}`,
);

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void server.close().then(() => process.exit(0)));
