import type { Span } from '../span.ts';

/** A root span of the trace with that number; `more` overrides any part. */
export function testSpan(trace: number, more: Partial<Span> = {}): Span {
  return {
    traceId: `${trace}`.padStart(32, '0'),
    spanId: '1'.padStart(16, '0'),
    parentId: undefined,
    name: 'GET /',
    service: 'shop',
    processTags: {},
    tags: {},
    logs: undefined,
    start: 0,
    duration: 0,
    ...more,
  };
}
