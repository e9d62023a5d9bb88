import type { JaegerSpan, JaegerTrace } from '../../places/traces.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

interface Part {
  span: string;
  parent?: string;
  process: string;
  operation: string;
  /** Milliseconds from the beginning, and how long. */
  at: [start: number, duration: number];
  tags?: Record<string, unknown>;
}

/** One checkout: charged by billing v2, recommended by v1, which failed. `begin` in ms since 1970. */
export function checkoutTrace({ begin, id = ID }: { begin: number; id?: string }): JaegerTrace {
  const parts: Part[] = [
    {
      span: 'a',
      process: 'p1',
      operation: 'POST /checkout',
      at: [0, 64],
      tags: { 'http.response.status_code': 201, 'url.path': '/checkout' },
    },
    { span: 'b', parent: 'a', process: 'p2', operation: 'POST /charges', at: [4, 24] },
    {
      span: 'c',
      parent: 'b',
      process: 'p2',
      operation: 'INSERT charges',
      at: [10, 6],
      tags: { 'db.system.name': 'postgresql' },
    },
    { span: 'd', parent: 'a', process: 'p3', operation: 'GET /recommendations', at: [32, 0.5], tags: { error: true } },
  ];
  const process = (serviceName: string, version: string) => ({
    serviceName,
    tags: [{ key: 'service.version', value: version }],
  });
  return {
    traceID: id,
    spans: parts.map((part) => spanOf(part, { begin, id })),
    processes: { p1: process('checkout', 'v1'), p2: process('billing', 'v2'), p3: process('recommendations', 'v1') },
  };
}

function spanOf(part: Part, { begin, id: traceID }: { begin: number; id: string }): JaegerSpan {
  const {
    span,
    parent,
    process,
    operation,
    at: [start, duration],
    tags = {},
  } = part;
  return {
    traceID,
    spanID: span,
    operationName: operation,
    references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: parent }],
    startTime: (begin + start) * 1000,
    duration: duration * 1000,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    processID: process,
  };
}
