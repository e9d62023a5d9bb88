/** Where the trace store listens, and how much it keeps. */
export interface TracesConfig {
  /** Jaeger's own variable; the loopback unless told, as there. */
  host: string;
  /** Ports as Jaeger has them; 0 takes a free one. */
  query: number;
  zipkin: number;
  otlp: number;
  otlpGrpc: number;
  thrift: number;
  /** Traces kept; the oldest go first. */
  maxTraces: number;
  /** Bytes kept, as the store counts them. */
  maxBytes: number;
}

/** What is wrong with the environment, a sentence a fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment and Jaeger's own command line, of which only `--set=….max_traces=N` means anything here: the
 * manifest was written for the real one. Throws ConfigError with all faults at once.
 */
export function readConfig(env: Record<string, string | undefined>, args: readonly string[]): TracesConfig {
  const faults: string[] = [];
  const whole = (name: string, text: string, [least, most]: [number, number]) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (number >= least && number <= most) return number;
    faults.push(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`);
    return least;
  };
  const set = args.map((arg) => /^--set=.*\.max_traces=(.*)$/.exec(arg)?.[1]).find((found) => found !== undefined);
  const port = (name: string, usual: number) => whole(name, env[name] ?? String(usual), [0, 65_535]);
  const config = {
    host: env['JAEGER_LISTEN_HOST'] || '127.0.0.1',
    query: port('QUERY_PORT', 16_686),
    zipkin: port('ZIPKIN_PORT', 9_411),
    otlp: port('OTLP_PORT', 4_318),
    otlpGrpc: port('OTLP_GRPC_PORT', 4_317),
    thrift: port('THRIFT_PORT', 14_268),
    maxTraces: whole('MAX_TRACES', env['MAX_TRACES'] ?? set ?? '5000', [1, 1_000_000]),
    maxBytes: whole('MAX_BYTES', env['MAX_BYTES'] ?? String(64 * 1024 * 1024), [1, 2 ** 40]),
  };
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return config;
}
