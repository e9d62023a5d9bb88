import type { JaegerSpan, Tag, JaegerTrace } from '../../places/traces.ts';
import { parentOf, requestOf, startOf, tag } from './jaeger.ts';

/** One line of a waterfall. Times in ms, from the start of the trace. */
export interface Row {
  depth: number;
  who: string;
  operation: string;
  start: number;
  duration: number;
  failed: boolean;
}

/** The spans of a trace as a tree, each below its parent, siblings by start. A span whose parent is missing is at the left. */
export function rowsOf(trace: JaegerTrace): Row[] {
  const begin = startOf(trace);
  const known = new Set(trace.spans.map(({ spanID }) => spanID));
  const parent = (span: JaegerSpan) => (known.has(parentOf(span) ?? '') ? parentOf(span) : undefined);
  const below = (id: string | undefined, depth: number): Row[] =>
    trace.spans
      .filter((span) => parent(span) === id)
      .sort((a, b) => a.startTime - b.startTime)
      .flatMap((span) => [
        {
          depth,
          who: whoOf(span, trace),
          operation: (isProxied(span) && requestOf(span)) || span.operationName,
          start: (span.startTime - begin) / 1000,
          duration: span.duration / 1000,
          failed: tag(span.tags, 'error') === true || tag(span.tags, 'error') === 'true',
        },
        ...below(span.spanID, depth + 1),
      ]);
  return below(undefined, 0);
}

/** `billing v1`, `billing v1 sidecar`, `gateway`; a call to the database has the database's name. */
function whoOf({ tags, processID }: JaegerSpan, { processes }: JaegerTrace): string {
  const database = tag(tags, 'db.system.name', 'db.system', 'db.type');
  if (database !== undefined) return `${database}`.replace('postgresql', 'postgres');
  const proxied = tag(tags, 'istio.canonical_service');
  if (proxied !== undefined && isSidecar(tags)) return `${proxied} ${tag(tags, 'istio.canonical_revision')} sidecar`;
  if (proxied !== undefined) return `${proxied}`;
  const process = processes[processID];
  const version = tag(process?.tags, 'service.version');
  return version === undefined ? (process?.serviceName ?? '?') : `${process?.serviceName} ${version}`;
}

// The name of an app's own span is its route, which is more useful than the path.
const isProxied = ({ tags }: JaegerSpan) => tag(tags, 'istio.canonical_service') !== undefined;

/** Envoy's node id begins with the kind of proxy: `sidecar~127.0.0.1~billing-v1-….shop~…`. */
function isSidecar(tags: readonly Tag[] | undefined): boolean {
  return `${tag(tags, 'node_id')}`.startsWith('sidecar~');
}
