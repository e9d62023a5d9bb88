/** Where the trace store listens, and how much it keeps. */
export interface TracesConfig {
  /** From Jaeger's own variable, with Jaeger's default: the loopback interface. */
  host: string;
  /** Ports, by default Jaeger's; 0 chooses a free one. */
  query: number;
  zipkin: number;
  otlp: number;
  otlpGrpc: number;
  thrift: number;
  /** The largest number of traces; the oldest are removed first. */
  maxTraces: number;
  /** The largest number of bytes, as the store counts them. */
  maxBytes: number;
}

/** What is wrong with the environment, one sentence for each fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment and Jaeger's command line, because the manifest is written for the real Jaeger; of the arguments only
 * `--set=….max_traces=N` is used. Throws ConfigError with all faults at once.
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
    // Not ZIPKIN_PORT: beside a Service zipkin Kubernetes gives every pod such a variable, with a URL.
    query: port('PORT_QUERY', 16_686),
    zipkin: port('PORT_ZIPKIN', 9_411),
    otlp: port('PORT_OTLP', 4_318),
    otlpGrpc: port('PORT_OTLP_GRPC', 4_317),
    thrift: port('PORT_THRIFT', 14_268),
    maxTraces: whole('MAX_TRACES', env['MAX_TRACES'] ?? set ?? '5000', [1, 1_000_000]),
    maxBytes: whole('MAX_BYTES', env['MAX_BYTES'] ?? String(64 * 1024 * 1024), [1, 2 ** 40]),
  };
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return config;
}
