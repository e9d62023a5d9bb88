import jaeger from 'jaeger-client';

/** jaeger-client's SpanContext, which is missing in its types. */
interface SpanContext {
  traceIdStr: string | null;
  spanIdStr: string | null;
  isSampled(): boolean;
}
const { SpanContext } = jaeger as unknown as {
  SpanContext: { withStringIds(traceId: string, spanId: string, parentId: string | null, flags: number): SpanContext };
};

/** Carriers are maps of lower-case header names. */
type Headers = Record<string, string>;

/** Of a version after 00 only the beginning is read, whatever follows its dash (W3C Trace Context, 4.3). */
const TRACEPARENT = /^(?:00(?=.{53}$)|(?!00|ff)[0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
/** B3 in one header: ids, the decision, and the parent of the span. */
const B3 = /^((?:[0-9a-f]{16}){1,2})-([0-9a-f]{16})(?:-([01d])(?:-[0-9a-f]{16})?)?$/;
const ID = /^(?:[0-9a-f]{16}){1,2}$/;
const ZEROS = /^0+$/;
/** What says in x-b3-sampled that a trace is not recorded. */
const NOT_SAMPLED = new Set(['0', 'false']);

/**
 * Reads and writes both header formats for jaeger-client: W3C traceparent and B3's x-b3-*. The library's own B3 codec
 * does not read W3C, and removes leading zeros from ids (one span id in sixteen has them); OpenTelemetry's propagators
 * reject such ids and start another trace. So ids are padded here to 32 and 16 digits.
 */
export const b3AndW3cCodec = {
  /** The caller's context, or null: then a new trace begins. Where there are several formats, W3C is used, then B3 in one header. */
  extract(headers: Headers): SpanContext | null {
    return fromTraceparent(headers) ?? fromB3(headers) ?? fromB3Headers(headers);
  },

  /** Writes both formats into `headers`. */
  inject(span: SpanContext, headers: Headers): void {
    const { traceId, spanId } = paddedIds(span);
    const sampled = span.isSampled();
    headers['traceparent'] = `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`;
    headers['x-b3-traceid'] = traceId;
    headers['x-b3-spanid'] = spanId;
    headers['x-b3-sampled'] = sampled ? '1' : '0';
  },
};

/** The ids as every other tracer writes them: 32 and 16 hexadecimal digits. */
export function paddedIds(span: { traceIdStr?: string | null; spanIdStr?: string | null }) {
  return { traceId: (span.traceIdStr ?? '').padStart(32, '0'), spanId: (span.spanIdStr ?? '').padStart(16, '0') };
}

function fromTraceparent({ traceparent = '' }: Headers): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent) ?? [];
  return context(traceId, spanId, (Number.parseInt(flags ?? '0', 16) & 1) === 1);
}

function fromB3({ b3 = '' }: Headers): SpanContext | null {
  const [, traceId, spanId, decision] = B3.exec(b3) ?? [];
  return context(traceId, spanId, decision !== '0');
}

function fromB3Headers(headers: Headers): SpanContext | null {
  const [traceId, spanId] = [headers['x-b3-traceid'] ?? '', headers['x-b3-spanid'] ?? ''];
  if (!ID.test(traceId) || spanId.length !== 16 || !ID.test(spanId)) return null;
  return context(traceId, spanId, !NOT_SAMPLED.has(headers['x-b3-sampled'] ?? ''));
}

/** An id of zeros is none, in both formats. */
function context(traceId = '0', spanId = '0', sampled: boolean): SpanContext | null {
  if (ZEROS.test(traceId) || ZEROS.test(spanId)) return null;
  return SpanContext.withStringIds(traceId, spanId, null, sampled ? 1 : 0);
}
