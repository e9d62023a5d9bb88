import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

/**
 * Loaded by `node --import @tuesday/service/register`. Loads the tracer that TRACER names, `opentelemetry` (the default) or
 * `jaeger`. No file imports a tracer statically, so a process with jaeger-client loads nothing of OpenTelemetry's SDK, and
 * the others do not load jaeger-client. Any other TRACER ends the process with 64 (EX_USAGE), as config.ts does.
 */
enableCompileCache();

// In a container this is process 1, to which the kernel delivers no signal without a handler. Until the service has its own
// handlers, these end it at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(143));

const { TRACER: tracer = 'opentelemetry' } = process.env;
const bundle = new URL('../../dist/opentelemetry.mjs', import.meta.url);

if (tracer === 'jaeger') await import('./jaeger.ts');
else if (tracer === 'opentelemetry') await import(existsSync(bundle) ? bundle.href : './opentelemetry.ts');
else {
  process.stderr.write(`Environment variable TRACER: "${tracer}" is no tracer; it is "opentelemetry" or "jaeger".\n`);
  process.exit(64);
}
