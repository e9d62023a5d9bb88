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

/** `POST /api/checkout`: what was asked, where the span's tags say so; an app's are those of OpenTelemetry, an Envoy's `http.url`. */
export function requestOf({ tags, operationName }: Span): string | undefined {
  const method = tag(tags, 'http.request.method', 'http.method') ?? /^[A-Z]+(?= |$)/.exec(operationName)?.[0];
  const url =
    tag(tags, 'url.path', 'http.target') ?? pathOf(tag(tags, 'component') === 'proxy' && tag(tags, 'http.url'));
  return method === undefined || url === undefined ? undefined : `${method} ${`${url}`.split('?')[0]}`;
}

function pathOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;
}

/** Whom a span names as its parent; undefined for a root. */
export function parentOf({ references = [] }: Span): string | undefined {
  return (references.find(({ refType }) => refType === 'CHILD_OF') ?? references[0])?.spanID;
}

/** Whom the topmost spans name as their parent: undefined for a root, else an id that is not there. */
function above({ spans }: Trace): Set<string | undefined> {
  const known = new Set(spans.map(({ spanID }) => spanID));
  return new Set(spans.map(parentOf).filter((id) => id === undefined || !known.has(id)));
}

/** Whether no span names a parent that is not there. */
export function isComplete(trace: Trace): boolean {
  return [...above(trace)].every((id) => id === undefined);
}

/**
 * Whether all that is missing is who asked first: a caller that sent its own traceparent has its span elsewhere. The only
 * parent that is not there is then that of the topmost spans, and no span is a root.
 */
export function isCalledFromOutside(trace: Trace): boolean {
  const parents = above(trace);
  return parents.size === 1 && !parents.has(undefined);
}

/** When a trace began, in microseconds. */
export function startOf({ spans }: Trace): number {
  return Math.min(...spans.map(({ startTime }) => startTime));
}

/** When its last span ended, in microseconds. */
export function endOf({ spans }: Trace): number {
  return Math.max(...spans.map(({ startTime, duration }) => startTime + duration));
}
