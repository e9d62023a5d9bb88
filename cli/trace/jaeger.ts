import type { JaegerSpan, JaegerTrace, Tag } from '../../places/traces.ts';

/** The value of the first of these tags that exists. */
export function tag(tags: readonly Tag[] | undefined, ...keys: string[]): unknown {
  return keys.map((key) => tags?.find((one) => one.key === key)?.value).find((value) => value !== undefined);
}

/** `POST /api/checkout`, from the span's tags: an app has those of OpenTelemetry, an Envoy `http.url`. Undefined without them. */
export function requestOf({ tags, operationName }: JaegerSpan): string | undefined {
  const method = tag(tags, 'http.request.method', 'http.method') ?? /^[A-Z]+(?= |$)/.exec(operationName)?.[0];
  const url =
    tag(tags, 'url.path', 'http.target') ?? pathOf(tag(tags, 'component') === 'proxy' && tag(tags, 'http.url'));
  return method === undefined || url === undefined ? undefined : `${method} ${`${url}`.split('?')[0]}`;
}

function pathOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : undefined;
}

/** The id of a span's parent; undefined for a root. */
export function parentOf({ references }: JaegerSpan): string | undefined {
  return (references.find(({ refType }) => refType === 'CHILD_OF') ?? references[0])?.spanID;
}

/** The parents of the topmost spans: undefined for a root, otherwise an id that is not in the trace. */
function parentsOfTopSpans({ spans }: JaegerTrace): Set<string | undefined> {
  const known = new Set(spans.map(({ spanID }) => spanID));
  return new Set(spans.map(parentOf).filter((id) => id === undefined || !known.has(id)));
}

/** Whether the parent of every span is in the trace. */
export function isComplete(trace: JaegerTrace): boolean {
  return [...parentsOfTopSpans(trace)].every((id) => id === undefined);
}

/**
 * Whether only the caller's own span is missing: a caller that sends its own traceparent has its span in another store. Then
 * all topmost spans have the same parent, which is missing, and no span is a root.
 */
export function isCalledFromOutside(trace: JaegerTrace): boolean {
  const parents = parentsOfTopSpans(trace);
  return parents.size === 1 && !parents.has(undefined);
}

/** When a trace began, in microseconds. */
export function startOf({ spans }: JaegerTrace): number {
  return Math.min(...spans.map(({ startTime }) => startTime));
}

/** When its last span ended, in microseconds. */
export function endOf({ spans }: JaegerTrace): number {
  return Math.max(...spans.map(({ startTime, duration }) => startTime + duration));
}
