import { json } from './body.ts';
import { decodeRequest } from './otlp-proto.ts';
import { type KeyValue, tagsOf } from './otlp-value.ts';
import { BadSpans, type Log, type Span, type Tags, id, orNone, parent, time } from './span.ts';

interface OtlpSpan {
  traceId: string | Buffer;
  spanId: string | Buffer;
  parentSpanId?: string | Buffer;
  name?: string;
  kind?: number;
  startTimeUnixNano: string | number;
  endTimeUnixNano: string | number;
  attributes?: KeyValue[];
  events?: OtlpEvent[];
  status?: { code?: number; message?: string };
}
interface OtlpEvent {
  timeUnixNano: string | number;
  name?: string;
  attributes?: KeyValue[];
}
interface Request {
  resourceSpans?: { resource?: { attributes?: KeyValue[] }; scopeSpans?: { spans?: OtlpSpan[] }[] }[];
}

/** SpanKind of the specification as Jaeger's `span.kind` tag. */
const KINDS: Record<number, string> = { 1: 'internal', 2: 'server', 3: 'client', 4: 'producer', 5: 'consumer' };

/** The spans of an OTLP body in protobuf or JSON. Throws BadSpans. */
export function readOtlp(body: Buffer, contentType: string): Span[] {
  const request = /json/i.test(contentType) ? (json(body) as Request) : protobuf(body);
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const { 'service.name': name = 'unknown_service', ...processTags } = tagsOf(resource?.attributes);
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => toSpan(span, String(name), processTags)));
  });
}

function toSpan(span: OtlpSpan, service: string, processTags: Tags): Span {
  const start = fromNanos(span.startTimeUnixNano);
  const kind = KINDS[span.kind ?? 0];
  return {
    traceId: id(hex(span.traceId), 32),
    spanId: id(hex(span.spanId), 16),
    parentId: parent(hex(span.parentSpanId ?? '')),
    name: String(span.name ?? ''),
    service,
    processTags,
    tags: { ...tagsOf(span.attributes), ...(kind && { 'span.kind': kind }), ...statusTags(span) },
    logs: orNone((span.events ?? []).map(toLog)),
    start: Math.round(start),
    duration: Math.max(0, Math.round(fromNanos(span.endTimeUnixNano) - start)),
  };
}

/** A status as Jaeger's tags: its code as text, and `error`, by which failures are found. */
function statusTags({ status: { code, message } = {} }: OtlpSpan): Tags {
  if (code === 1) return { 'otel.status_code': 'OK' };
  if (code !== 2) return {};
  return { 'otel.status_code': 'ERROR', ...(message && { 'otel.status_description': String(message) }), error: true };
}

function toLog({ timeUnixNano, name, attributes }: OtlpEvent): Log {
  return { at: Math.round(fromNanos(timeUnixNano)), fields: { ...(name && { event: name }), ...tagsOf(attributes) } };
}

/** Microseconds from nanoseconds. */
function fromNanos(value: string | number): number {
  return time(value) / 1_000;
}

function hex(value: string | Buffer): string {
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

function protobuf(body: Buffer): Request {
  try {
    return decodeRequest(body) as Request;
  } catch {
    throw new BadSpans('The body is not an ExportTraceServiceRequest in protobuf.');
  }
}
