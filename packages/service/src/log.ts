import pino, { type Logger } from 'pino';
import { errorFields, reasonOf } from './reason.ts';
import { tracing } from './tracing/current.ts';

let root: Logger | undefined;

/** Makes the logger, which names the process in every line; called once by createService. `destination` is for tests. */
export function configureLogger(
  bindings: { service: string; version: string; pod: string },
  destination?: pino.DestinationStream,
): void {
  const options: pino.LoggerOptions = {
    base: bindings,
    serializers: { err: (thrown: unknown) => errorFields(thrown), reason: reasonOf },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const { traceId, spanId } = tracing().ids();
      return traceId ? { trace_id: traceId, span_id: spanId } : {};
    },
  };
  root = destination ? pino(options, destination) : pino(options);
}

/**
 * The process's logger: JSON lines on standard output, with the ids of the active span. Silent before createService. An error
 * is given as `err`, which logs its stack, or as `reason`, in one line: both with its causes and without secrets (reason.ts).
 */
export function log(): Logger {
  return (root ??= pino({ level: 'silent' }));
}
