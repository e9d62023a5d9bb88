import type { Paint } from '../print/paint.ts';
import type { JaegerSpan, JaegerTrace } from '../../places/traces.ts';
import { parentOf, requestOf, startOf, tag } from './jaeger.ts';
import { type Row, rowsOf } from './rows.ts';

const BAR = 42;
const OPERATION = 32;

/** A trace as a waterfall: service, operation, a bar on the trace's time line, and duration. */
export function waterfall(trace: JaegerTrace, paint: Paint): string {
  const rows = rowsOf(trace);
  const whole = Math.max(...rows.map(({ start, duration }) => start + duration));
  const names = rows.map(({ depth, who }) => `${'  '.repeat(depth)}${who}`);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const what = Math.min(OPERATION, Math.max(...rows.map(({ operation }) => operation.length)));
  const digits = Math.max(...rows.map(({ duration }) => duration.toFixed(1).length));
  const lines = rows.map((row, index) => {
    const name = (names[index] ?? '').padEnd(width);
    const ms = row.duration.toFixed(1).padStart(digits) + (index === 0 ? ' ms' : '');
    const line = `${name}${cut(row.operation, what).padEnd(what)}  ${bar(row, whole)} ${ms}`;
    return row.failed ? paint('red', `${line}  error`) : line;
  });
  return `${header(trace, whole)}\n\n${lines.join('\n')}\n`;
}

/** `Trace 4bf9…   POST /api/checkout   201   64.1 ms   18 spans`. */
function header(trace: JaegerTrace, whole: number): string {
  const root = rootOf(trace);
  const status = tag(root.tags, 'http.response.status_code', 'http.status_code');
  const name = requestOf(root) ?? root.operationName;
  const spans = `${trace.spans.length} span${trace.spans.length === 1 ? '' : 's'}`;
  return ['Trace ' + trace.traceID, name, status, `${whole.toFixed(1)} ms`, spans]
    .filter((part) => part !== undefined)
    .join('   ');
}

function rootOf(trace: JaegerTrace): JaegerSpan {
  const first = startOf(trace);
  const root =
    trace.spans.find((span) => parentOf(span) === undefined) ?? trace.spans.find((span) => span.startTime === first);
  return root as JaegerSpan;
}

function bar({ start, duration }: Row, whole: number): string {
  const scale = whole === 0 ? 0 : BAR / whole;
  const from = Math.min(BAR - 1, Math.floor(start * scale));
  const length = Math.max(1, Math.min(BAR - from, Math.round(duration * scale)));
  const drawn = length === 1 ? '│' : `├${'─'.repeat(length - 2)}┤`;
  return `${' '.repeat(from)}${drawn}`.padEnd(BAR);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
