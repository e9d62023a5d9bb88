import { json } from './body.ts';
import { BadSpans, type Span, type Tags, id, orNone, parent, time } from './span.ts';

interface ZipkinSpan {
  traceId: string;
  id: string;
  parentId?: string;
  name?: string;
  kind?: string;
  timestamp?: number;
  duration?: number;
  localEndpoint?: { serviceName?: string };
  tags?: Record<string, unknown>;
  annotations?: { timestamp: number; value: string }[];
}

/** The spans of a Zipkin v2 JSON body (zipkin.io/zipkin-api), as Envoy's tracer sends it. Its times are microseconds too. Throws BadSpans. */
export function readZipkin(body: Buffer): Span[] {
  const spans = json(body);
  if (!Array.isArray(spans)) throw new BadSpans('The body is not a list of Zipkin v2 spans.');
  return (spans as ZipkinSpan[]).map((span) => ({
    traceId: id(span.traceId, 32),
    spanId: id(span.id, 16),
    parentId: parent(span.parentId),
    name: String(span.name ?? ''),
    service: String(span.localEndpoint?.serviceName || 'unknown'),
    processTags: {},
    tags: tagsOf(span),
    logs: orNone((span.annotations ?? []).map(toLog)),
    start: time(span.timestamp ?? 0),
    duration: time(span.duration ?? 0),
  }));
}

const toLog = ({ timestamp, value }: { timestamp: number; value: string }) => ({
  at: time(timestamp),
  fields: { event: String(value) },
});

/** In this format all tags are text. */
function tagsOf({ tags = {}, kind }: ZipkinSpan): Tags {
  const text = Object.entries(tags).map(([key, value]) => [key, String(value)] as const);
  return { ...Object.fromEntries(text), ...(kind && { 'span.kind': String(kind).toLowerCase() }) };
}
