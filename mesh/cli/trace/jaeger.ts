/** A trace as Jaeger's query API gives it, as far as the waterfall needs it. Times in microseconds. */
export interface Trace {
  traceID: string;
  spans: Span[];
  processes: Record<string, { serviceName: string; tags?: Tag[] }>;
}

export interface Span {
  spanID: string;
  operationName: string;
  references?: { refType: string; traceID?: string; spanID: string }[];
  startTime: number;
  duration: number;
  tags?: Tag[];
  processID: string;
}

export interface Tag {
  key: string;
  value: unknown;
}

/** The value of the first of these tags that is there. */
export function tag(tags: readonly Tag[] | undefined, ...keys: string[]): unknown {
  return keys.map((key) => tags?.find((one) => one.key === key)?.value).find((value) => value !== undefined);
}

/** Whom a span names as its parent; undefined for a root. */
export function parentOf({ references = [] }: Span): string | undefined {
  return (references.find(({ refType }) => refType === 'CHILD_OF') ?? references[0])?.spanID;
}

/** Whether no span names a parent that is not there. */
export function isComplete({ spans }: Trace): boolean {
  const known = new Set(spans.map(({ spanID }) => spanID));
  return spans.every((span) => known.has(parentOf(span) ?? span.spanID));
}

/** When a trace began, in microseconds. */
export function startOf({ spans }: Trace): number {
  return Math.min(...spans.map(({ startTime }) => startTime));
}

/** When its last span ended, in microseconds. */
export function endOf({ spans }: Trace): number {
  return Math.max(...spans.map(({ startTime, duration }) => startTime + duration));
}
