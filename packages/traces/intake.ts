import type { IncomingMessage, ServerResponse } from 'node:http';
import { TooLarge, UnknownEncoding, bodyOf } from './body.ts';
import { readJaegerThrift } from './jaeger-thrift.ts';
import { readOtlp } from './otlp.ts';
import { BadSpans, type Span } from './span.ts';
import type { TraceStore } from './store.ts';
import { readZipkin } from './zipkin.ts';

/** One way in: where spans are posted, as what, and what the real collector answers to spans it took. */
interface Intake {
  path: string;
  types: RegExp;
  accepted(res: ServerResponse, contentType: string): void;
  read(body: Buffer, contentType: string): Span[];
}

const empty202 = (res: ServerResponse) => void res.writeHead(202).end();

/** The ways in by name. An empty ExportTraceServiceResponse, which says that nothing was refused, has no bytes in protobuf. */
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

/** Takes the spans of requests to one way in; a body is taken whole or not at all, and refused in one sentence. */
export function takeSpans(store: TraceStore, { path, types, accepted, read }: Intake) {
  return async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const type = req.headers['content-type'] ?? '';
    if (req.url?.split('?', 1)[0] !== path) return refuse(404, `Spans are taken at POST ${path}.`);
    if (req.method !== 'POST') return refuse(405, `Spans are taken at POST ${path}.`);
    if (!types.test(type)) return refuse(415, `"${type}" is no content type that this port takes.`);
    try {
      store.add(read(await bodyOf(req), type));
    } catch (error) {
      return refuse(...reasonOf(error));
    }
    accepted(res, type);

    function refuse(status: number, sentence: string): void {
      const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status === 405 && { allow: 'POST' }) };
      res.writeHead(status, headers).end(`${sentence}\n`);
    }
  };
}

function reasonOf(error: unknown): [status: number, sentence: string] {
  if (error instanceof TooLarge) return [413, 'The body is larger than 8 MiB.'];
  if (error instanceof UnknownEncoding) return [415, `"${error.message}" is no content encoding that this port takes.`];
  // Readers go through a body as if it were well formed; where one stumbles, it was not.
  return [400, error instanceof BadSpans ? error.message : 'The body is not shaped as its format says.'];
}
