import { BadSpans, type Span, type TagValue, id, parent } from './span.ts';

interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  name?: string;
  kind?: string;
  timestamp?: number;
  duration?: number;
  shared?: boolean;
  localEndpoint?: { serviceName?: string };
  tags?: Record<string, TagValue>;
}

/** Spans of a Zipkin v2 JSON body (zipkin.io/zipkin-api), as Envoy's tracer sends it. Times are microseconds there too. Throws BadSpans. */
export function readZipkin(body: Buffer): Span[] {
  const spans = parse(body);
  if (!Array.isArray(spans)) throw new BadSpans('The body is not a list of Zipkin v2 spans.');
  return (spans as ZipkinSpan[]).map((span) => ({
    traceId: id(span.traceId, 32),
    spanId: id(span.id, 16),
    parentId: parent(span.parentId),
    name: span.name ?? '',
    service: span.localEndpoint?.serviceName || 'unknown',
    processTags: {},
    tags: { ...span.tags, ...(span.kind && { 'span.kind': span.kind.toLowerCase() }) },
    start: span.timestamp ?? 0,
    duration: span.duration ?? 0,
  }));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new BadSpans('The body is not JSON.');
  }
}
