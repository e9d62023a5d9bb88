import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import type { TracesConfig } from './config.ts';
import { readJaegerThrift } from './jaeger-thrift.ts';
import { readOtlp } from './otlp.ts';
import { answerQuery } from './query.ts';
import { BadSpans, type Span } from './span.ts';
import { type TraceStore, createStore } from './store.ts';
import { readZipkin } from './zipkin.ts';

const gunzip = promisify(gunzipWithCallback);
const LIMIT = 8 * 1024 * 1024;

/** The trace store, listening; `ports` tells where. */
export interface TracesServer {
  store: TraceStore;
  ports: Record<'query' | 'zipkin' | 'otlp' | 'thrift', number>;
  close(): Promise<void>;
}

interface Intake {
  path: string;
  types: RegExp;
  /** What the real collector answers to spans it took. */
  status: number;
  read(body: Buffer, contentType: string): Span[];
}

const INTAKES: Record<'zipkin' | 'otlp' | 'thrift', Intake> = {
  otlp: { path: '/v1/traces', types: /^application\/(x-protobuf|json)/, status: 200, read: readOtlp },
  zipkin: { path: '/api/v2/spans', types: /^application\/json/, status: 202, read: readZipkin },
  thrift: {
    path: '/api/traces',
    types: /^application\/(x-thrift|vnd\.apache\.thrift\.binary)/,
    status: 202,
    read: readJaegerThrift,
  },
};

/** Opens the four ports. Rejects when one is taken. */
export async function startTraces(config: TracesConfig): Promise<TracesServer> {
  const store = createStore(config);
  const query = createServer((req, res) => {
    const { status, body } = answerQuery(store, new URL(req.url ?? '/', 'http://traces'));
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const intake = (kind: keyof typeof INTAKES) =>
    createServer((req, res) => void take(store, INTAKES[kind], { req, res }));
  const servers = { query, zipkin: intake('zipkin'), otlp: intake('otlp'), thrift: intake('thrift') };
  const ports = await Promise.all(
    Object.entries(servers).map(async ([name, server]) => [
      name,
      await listen(server, config[name as keyof typeof servers]),
    ]),
  );
  return {
    store,
    ports: Object.fromEntries(ports) as TracesServer['ports'],
    close: async () => {
      for (const server of Object.values(servers)) server.closeAllConnections();
      await Promise.all(Object.values(servers).map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

async function take(
  store: TraceStore,
  { path, types, status, read }: Intake,
  { req, res }: { req: IncomingMessage; res: ServerResponse },
): Promise<void> {
  const refuse = (code: number, message: string) =>
    res.writeHead(code, { 'content-type': 'text/plain' }).end(`${message}\n`);
  const type = req.headers['content-type'] ?? '';
  if (req.url?.split('?', 1)[0] !== path) return void refuse(404, `Spans are taken at POST ${path}.`);
  if (req.method !== 'POST') return void refuse(405, `Spans are taken at POST ${path}.`);
  if (!types.test(type)) return void refuse(415, `"${type}" is no content type that this port takes.`);
  try {
    store.add(read(await bodyOf(req), type));
    res
      .writeHead(status, { 'content-type': type.includes('json') ? 'application/json' : 'application/x-protobuf' })
      .end(type.includes('json') && status === 200 ? '{}' : '');
  } catch (error) {
    if (error instanceof TooLarge) refuse(413, 'The body is larger than 8 MiB.');
    else refuse(400, error instanceof BadSpans ? error.message : 'The body cannot be read.');
  }
}

class TooLarge extends Error {}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMIT) throw new TooLarge();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return req.headers['content-encoding'] === 'gzip' ? gunzip(body, { maxOutputLength: LIMIT }) : body;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, () => resolve((server.address() as { port: number }).port));
  });
}
