import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

/**
 * What `node --import @tuesday/service/register` loads: chooses the tracer of this process by service and version. No file
 * imports a tracer statically, so recommendations v1, traced by the legacy jaeger-client, never loads OpenTelemetry's SDK,
 * and nothing else loads jaeger-client.
 */
enableCompileCache();

// In a container this is process 1, to which the kernel delivers no signal without a handler. Until the service has its own
// handlers, these end it at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(143));

const { SERVICE_NAME, SERVICE_VERSION } = process.env;
const bundle = new URL('../../dist/opentelemetry.mjs', import.meta.url);

if (SERVICE_NAME === 'recommendations' && SERVICE_VERSION === 'v1') await import('./jaeger.ts');
else if (existsSync(bundle)) await import(bundle.href);
else await import('./opentelemetry.ts');
