import type { Span, TagValue } from './span.ts';

/** A trace as Jaeger's query API gives it: spans name their process by a key, references name the parent. */
export function jaegerTrace(spans: readonly Span[]): object {
  const processes = new Map<string, { key: string; serviceName: string; tags: object[] }>();
  const processOf = (span: Span) => {
    const identity = JSON.stringify([span.service, span.processTags]);
    const process = processes.get(identity) ?? {
      key: `p${processes.size + 1}`,
      serviceName: span.service,
      tags: tags(span.processTags),
    };
    processes.set(identity, process);
    return process.key;
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
      tags: tags(span.tags),
      logs: [],
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

function tags(values: Record<string, TagValue>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, type: typeOf(value), value }));
}

function typeOf(value: TagValue): string {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Number.isInteger(value) ? 'int64' : 'float64';
}
