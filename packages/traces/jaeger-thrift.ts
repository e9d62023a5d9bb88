import { BadSpans, type Span, type TagValue, type Tags, orNone } from './span.ts';
import { type ThriftStruct, type ThriftValue, readThriftStruct } from './thrift.ts';

/** The spans of a Batch that Jaeger's old clients post to /api/traces; the field numbers are those of jaeger-idl/thrift/jaeger.thrift. Throws BadSpans. */
export function readJaegerThrift(body: Buffer): Span[] {
  const batch = readThriftStruct(body);
  const process = asStruct(batch[1], 'process');
  const service = asText(process[1]) || 'unknown';
  const processTags = tagsOf(process[2]);
  return structs(batch[2], 'span').map((span) => toSpan(span, service, processTags));
}

function toSpan(span: ThriftStruct, service: string, processTags: Tags): Span {
  const parentId = hex(span[4]);
  return {
    traceId: hex(span[2]) + hex(span[1]),
    spanId: hex(span[3]),
    parentId: /^0+$/.test(parentId) ? undefined : parentId,
    name: asText(span[5]),
    service,
    processTags,
    tags: tagsOf(span[10]),
    logs: orNone(structs(span[11] ?? [], 'log').map((log) => ({ at: Number(log[1] ?? 0), fields: tagsOf(log[2]) }))),
    start: Number(span[8] ?? 0),
    duration: Number(span[9] ?? 0),
  };
}

/** Tags. A Tag has its key in field 1, its type in field 2, and its value in the field for that type; other value fields are ignored. */
function tagsOf(tags: ThriftValue | undefined): Tags {
  return Object.fromEntries(structs(tags ?? [], 'tag').map((tag) => [asText(tag[1]), valueOf(tag)]));
}

/** TagType of jaeger.thrift: 0 text, 1 double, 2 bool, 3 long; binary values (4) are left out. */
function valueOf({ 2: type, 3: text, 4: double, 5: bool, 6: long }: ThriftStruct): TagValue {
  if (type === 1) return Number(double ?? 0);
  if (type === 2) return bool === true;
  if (type === 3) return typeof long === 'bigint' ? long : 0n;
  return type === 0 ? asText(text) : '';
}

function hex(value: ThriftValue | undefined): string {
  return BigInt.asUintN(64, typeof value === 'bigint' ? value : 0n)
    .toString(16)
    .padStart(16, '0');
}

function asText(value: ThriftValue | undefined): string {
  return Buffer.isBuffer(value) ? value.toString('utf8') : '';
}

function structs(value: ThriftValue | undefined, what: string): ThriftStruct[] {
  if (!Array.isArray(value)) throw new BadSpans('The body is not a Jaeger batch: it has no list of spans.');
  return value.map((each) => asStruct(each, what));
}

function asStruct(value: ThriftValue | undefined, what: string): ThriftStruct {
  if (typeof value !== 'object' || Array.isArray(value) || Buffer.isBuffer(value))
    throw new BadSpans(`The body is not a Jaeger batch: it has no ${what}.`);
  return value;
}
