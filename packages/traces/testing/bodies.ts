/** 2026-11-24T10:57:57Z in nanoseconds: too large to be exact as a number. */
const START = 1_795_517_877_000_000_000n;

/** An OTLP span of `POST /checkout` that took 5 ms; `more` overrides its fields. */
export function otlpSpan(traceId: string, spanId: string, more: object = {}): object {
  return {
    traceId,
    spanId,
    name: 'POST /checkout',
    kind: 2,
    startTimeUnixNano: String(START),
    endTimeUnixNano: String(START + 5_000_000n),
    ...more,
  };
}

/** An OTLP body in JSON. */
export function otlpBody(spans: object[], service = 'checkout'): string {
  const attributes = [
    { key: 'service.name', value: { stringValue: service } },
    { key: 'service.version', value: { stringValue: 'v1' } },
  ];
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
}

/** A Zipkin v2 span of billing, 1 ms after the OTLP one, 2 ms long. */
export function zipkinSpan(traceId: string, id: string, more: object = {}): object {
  return {
    traceId,
    id,
    kind: 'SERVER',
    name: 'charge',
    timestamp: Number(START / 1_000n) + 1_000,
    duration: 2_000,
    localEndpoint: { serviceName: 'billing' },
    ...more,
  };
}
