/** Where the trace store listens, and how much it keeps. */
export interface TracesConfig {
  /** Ports as Jaeger has them; 0 takes a free one. */
  query: number;
  zipkin: number;
  otlp: number;
  thrift: number;
  /** Traces kept; the oldest go first. */
  maxTraces: number;
}

/**
 * Reads the environment and Jaeger's own command line, of which only `--set=….max_traces=N` means anything here: the
 * manifest was written for the real one.
 */
export function readConfig(env: Record<string, string | undefined>, args: readonly string[]): TracesConfig {
  const set = args.map((arg) => /^--set=.*\.max_traces=(\d+)$/.exec(arg)?.[1]).find((found) => found !== undefined);
  const port = (name: string, usual: number) => Number(env[name] ?? usual);
  return {
    query: port('QUERY_PORT', 16_686),
    zipkin: port('ZIPKIN_PORT', 9_411),
    otlp: port('OTLP_PORT', 4_318),
    thrift: port('THRIFT_PORT', 14_268),
    maxTraces: Number(env['MAX_TRACES'] ?? set ?? 5_000),
  };
}
