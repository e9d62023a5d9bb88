import type { Because } from './because.ts';

/** Where proxies send their spans, by the mesh configuration. */
export type TracingProvider =
  | { kind: 'zipkin'; name: string; fqdn: string; port: number; context: 'USE_B3' | 'USE_B3_WITH_W3C_PROPAGATION' }
  | { kind: 'opentelemetry'; name: string; fqdn: string; port: number };

/** What a workload's proxy does about traces. */
export interface Tracing {
  /** Undefined without any Telemetry: sampled, and told to nobody. */
  provider: TracingProvider | undefined;
  /** 0–100. */
  samplingPercentage: number;
  because: Because;
}
