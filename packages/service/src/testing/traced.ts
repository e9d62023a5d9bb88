import { fileURLToPath, pathToFileURL } from 'node:url';
import { readConfig, startTraces } from '@tuesday/traces';
import { freshDatabase } from '../../../../test/support/database.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { runService } from '../../../../test/support/service-process.ts';
import { startUpstream } from './upstream.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const FREE = { PORT_QUERY: '0', PORT_ZIPKIN: '0', PORT_OTLP: '0', PORT_OTLP_GRPC: '0', PORT_THRIFT: '0' };

/** The service of main.ts as a process with the tracer of the file `bootstrap`, beside a callee and a trace store of its own. */
export async function startTraced(bootstrap: string) {
  const [database, callee, traces] = await Promise.all([
    freshDatabase(),
    startUpstream(),
    startTraces(readConfig(FREE, [])),
  ]);
  const env = {
    SERVICE_NAME: 'traced',
    SERVICE_VERSION: 'v2',
    POD_NAME: 'traced-1',
    PORT: '0',
    DATABASE_URL: database.url,
    CALLEE_URL: callee.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${traces.ports.otlp}`,
    JAEGER_ENDPOINT: `http://127.0.0.1:${traces.ports.thrift}/api/traces`,
  };
  const { child, output, exit, url: listening } = runService(MAIN, env, [pathToFileURL(bootstrap).href]);
  const url = await listening();
  await eventually(async () => (await fetch(`${url}/readyz`)).ok);
  return {
    url,
    callee,
    output,
    /** Ends the process, which sends what it has before it ends; its spans, and how it ended. */
    stop: async () => {
      child.kill('SIGTERM');
      const ended = (await exit) as [code: number | null, signal: string | null];
      return { ended, spans: [...traces.store.traces()].flat() };
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exit;
      await traces.close();
      await callee[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A line a span: its kind and name, and those of its parent; `known` names the spans of other processes by their ids. */
export function treeOf(
  spans: Awaited<ReturnType<Awaited<ReturnType<typeof startTraced>>['stop']>>['spans'],
  known: Record<string, string>,
) {
  const names = new Map(Object.entries(known));
  for (const { spanId, name, tags } of spans)
    names.set(spanId, `${tags['span.kind']} ${name.replace(/ test_\w+$/, '')}`);
  const nameOf = (id = 'none') => names.get(id) ?? id;
  return { lines: spans.map(({ spanId, parentId }) => `${nameOf(spanId)} < ${nameOf(parentId)}`).toSorted(), nameOf };
}
