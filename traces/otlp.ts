import { decodeRequest } from './otlp-proto.ts';
import { BadSpans, type Span, type TagValue, id, parent } from './span.ts';

interface KeyValue {
  key: string;
  value?: Partial<Record<'stringValue' | 'boolValue' | 'intValue' | 'doubleValue', TagValue>>;
}
interface OtlpSpan {
  traceId: string | Buffer;
  spanId: string | Buffer;
  parentSpanId?: string | Buffer;
  name?: string;
  kind?: number;
  startTimeUnixNano: string | number;
  endTimeUnixNano: string | number;
  attributes?: KeyValue[];
  status?: { code?: number };
}
interface Request {
  resourceSpans?: { resource?: { attributes?: KeyValue[] }; scopeSpans?: { spans?: OtlpSpan[] }[] }[];
}

/** SpanKind of the specification as Jaeger's `span.kind` tag. */
const KINDS: Record<number, string> = { 1: 'internal', 2: 'server', 3: 'client', 4: 'producer', 5: 'consumer' };

/** Spans of an OTLP/HTTP body, protobuf or JSON. Throws BadSpans. */
export function readOtlp(body: Buffer, contentType: string): Span[] {
  const request = contentType.includes('json') ? json(body) : protobuf(body);
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) => {
    const { 'service.name': name = 'unknown_service', ...processTags } = tagsOf(resource?.attributes);
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => toSpan(span, String(name), processTags)));
  });
}

function toSpan(span: OtlpSpan, service: string, processTags: Record<string, TagValue>): Span {
  const start = Number(span.startTimeUnixNano) / 1_000;
  const kind = KINDS[span.kind ?? 0];
  return {
    traceId: id(hex(span.traceId), 32),
    spanId: id(hex(span.spanId), 16),
    parentId: parent(hex(span.parentSpanId ?? '')),
    name: span.name ?? '',
    service,
    processTags,
    tags: {
      ...tagsOf(span.attributes),
      ...(kind && { 'span.kind': kind }),
      ...(span.status?.code === 2 && { error: true }),
    },
    start: Math.round(start),
    duration: Math.max(0, Math.round(Number(span.endTimeUnixNano) / 1_000 - start)),
  };
}

function tagsOf(attributes: KeyValue[] = []): Record<string, TagValue> {
  return Object.fromEntries(
    attributes.map(({ key, value = {} }) => {
      const { stringValue, boolValue, intValue, doubleValue } = value;
      return [key, stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue)) ?? ''];
    }),
  );
}

function hex(value: string | Buffer): string {
  return typeof value === 'string' ? value : value.toString('hex');
}

function json(body: Buffer): Request {
  try {
    return JSON.parse(body.toString('utf8')) as Request;
  } catch {
    throw new BadSpans('The body is not JSON.');
  }
}

function protobuf(body: Buffer): Request {
  try {
    return decodeRequest(body) as Request;
  } catch {
    throw new BadSpans('The body is no ExportTraceServiceRequest in protobuf.');
  }
}
