import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooLarge, UnknownEncoding, bodyOf } from './body.ts';
import { readJaegerThrift } from './jaeger-thrift.ts';
import { readOtlp } from './otlp.ts';
import { BadSpans, type Span } from './span.ts';
import type { TraceStore } from './store.ts';
import { readZipkin } from './zipkin.ts';

/** An endpoint for spans: its path, its content types, and the answer that the real collector gives to accepted spans. */
interface Intake {
  path: string;
  types: RegExp;
  accepted(res: ServerResponse, contentType: string): void;
  read(body: Buffer, contentType: string): Span[];
}

const empty202 = (res: ServerResponse) => void res.writeHead(202).end();

/** The endpoints by protocol. In protobuf an ExportTraceServiceResponse that rejects no span is empty: it has no bytes. */
export const INTAKES: Record<'zipkin' | 'otlp' | 'thrift', Intake> = {
  otlp: {
    path: '/v1/traces',
    types: /^application\/(x-protobuf|json)\b/i,
    accepted: (res, type) => {
      const json = /json/i.test(type);
      res
        .writeHead(200, { 'content-type': json ? 'application/json' : 'application/x-protobuf' })
        .end(json ? '{}' : '');
    },
    read: readOtlp,
  },
  zipkin: { path: '/api/v2/spans', types: /^application\/json\b/i, accepted: empty202, read: readZipkin },
  thrift: {
    path: '/api/traces',
    types: /^application\/(x-thrift|vnd\.apache\.thrift\.binary)\b/i,
    accepted: empty202,
    read: readJaegerThrift,
  },
};

/** Handles the requests to one endpoint: a body is accepted as a whole, or rejected as a whole with one sentence. */
export function acceptSpans(store: TraceStore, { path, types, accepted, read }: Intake) {
  return async function accept(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const type = req.headers['content-type'] ?? '';
    if (req.url?.split('?', 1)[0] !== path) return reject(404, `Send spans to POST ${path}.`);
    if (req.method !== 'POST') return reject(405, `Send spans to POST ${path}.`);
    if (!types.test(type)) return reject(415, `The content type is not supported: "${type}".`);
    try {
      store.add(read(await bodyOf(req), type));
    } catch (error) {
      return reject(...reasonOf(error));
    }
    accepted(res, type);

    function reject(status: number, sentence: string): void {
      const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status === 405 && { allow: 'POST' }) };
      res.writeHead(status, headers).end(`${sentence}\n`);
    }
  };
}

function reasonOf(error: unknown): [status: number, sentence: string] {
  if (error instanceof TooLarge) return [413, 'The body is larger than 8 MiB.'];
  if (error instanceof UnknownEncoding) return [415, `The content encoding is not supported: "${error.message}".`];
  // Readers assume a well-formed body, so any other error means that it is not.
  return [400, error instanceof BadSpans ? error.message : 'The body does not match its format.'];
}
