import type { Span, TagValue, Tags } from './span.ts';

/** A trace as Jaeger's query API returns it (its model/json): a span refers to its process by a key, and to its parent by a reference. */
export function jaegerTrace(spans: readonly Span[]): object {
  const processes = new Map<string, { key: string; serviceName: string; tags: object[] }>();
  const processOf = ({ service, processTags }: Span) => {
    const process = { key: `p${processes.size + 1}`, serviceName: service, tags: tagList(processTags) };
    const identity = JSON.stringify([service, process.tags]);
    if (!processes.has(identity)) processes.set(identity, process);
    return processes.get(identity)!.key;
  };
  const traceID = spans[0]!.traceId;
  const listed = [...spans]
    .sort((a, b) => a.start - b.start)
    .map((span) => ({
      traceID,
      spanID: span.spanId,
      operationName: span.name,
      references: span.parentId ? [{ refType: 'CHILD_OF', traceID, spanID: span.parentId }] : [],
      startTime: span.start,
      duration: span.duration,
      tags: tagList(span.tags),
      logs: (span.logs ?? []).map(({ at, fields }) => ({ timestamp: at, fields: tagList(fields) })),
      processID: processOf(span),
      warnings: null,
    }));
  return {
    traceID,
    spans: listed,
    processes: Object.fromEntries([...processes.values()].map(({ key, ...process }) => [key, process])),
    warnings: null,
  };
}

function tagList(tags: Tags): object[] {
  return Object.entries(tags).map(([key, value]) => ({
    key,
    type: typeOf(value),
    value: typeof value === 'bigint' ? Number(value) : value,
  }));
}

function typeOf(value: TagValue): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return typeof value === 'bigint' ? 'int64' : 'float64';
}
