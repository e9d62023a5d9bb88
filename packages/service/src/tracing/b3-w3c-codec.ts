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

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const ID = /^(?:[0-9a-f]{16}){1,2}$/;

/**
 * Reads and writes both header formats for jaeger-client: W3C traceparent and B3's x-b3-*. The library's own B3 codec
 * does not read W3C, and removes leading zeros from ids (one span id in sixteen has them); OpenTelemetry's propagators
 * reject such ids and start another trace. So ids are padded here to 32 and 16 digits.
 */
export const b3AndW3cCodec = {
  /** The caller's context, or null: then a new trace begins. Where there are both formats, W3C is used. */
  extract(headers: Headers): SpanContext | null {
    const [, traceId, spanId, flags] = TRACEPARENT.exec(headers['traceparent'] ?? '') ?? [];
    if (traceId && spanId) return context(traceId, spanId, (Number.parseInt(flags!, 16) & 1) === 1);
    const b3 = { trace: headers['x-b3-traceid'] ?? '', span: headers['x-b3-spanid'] ?? '' };
    if (!ID.test(b3.trace) || !ID.test(b3.span)) return null;
    return context(b3.trace, b3.span, headers['x-b3-sampled'] !== '0' && headers['x-b3-sampled'] !== 'false');
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

function context(traceId: string, spanId: string, sampled: boolean): SpanContext {
  return SpanContext.withStringIds(traceId, spanId, null, sampled ? 1 : 0);
}
