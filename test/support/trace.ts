import type { JaegerSpan, JaegerTrace } from '../../places/traces.ts';

/** The spans without a parent. */
export function roots(trace: JaegerTrace): JaegerSpan[] {
  return trace.spans.filter((span) => span.references.length === 0);
}

/** The spans whose parent is missing in the trace. */
export function orphans(trace: JaegerTrace): JaegerSpan[] {
  const known = new Set(trace.spans.map((span) => span.spanID));
  return trace.spans.filter((span) => span.references.some((parent) => !known.has(parent.spanID)));
}

/** The names of the services in the trace, e.g. `checkout`. */
export function servicesOf(trace: JaegerTrace): Set<string> {
  return new Set(trace.spans.map((span) => trace.processes[span.processID]?.serviceName ?? '?'));
}

/** The versions of one service in the trace, from `service.version`. */
export function versionsOf(trace: JaegerTrace, service: string): Set<string> {
  const processes = Object.values(trace.processes).filter((process) => process.serviceName === service);
  return new Set(
    processes.map((process) => `${process.tags?.find((tag) => tag.key === 'service.version')?.value ?? '?'}`),
  );
}
