import type { Because } from '../because.ts';

/** What a request's place in a consistent hash is taken from. */
export type HashSource =
  | { kind: 'header'; name: string }
  | { kind: 'cookie'; name: string; path?: string; ttlMs?: number }
  | { kind: 'query'; name: string }
  | { kind: 'sourceIp' };

/** What a DestinationRule asks of the calls to a host, its port and its subset, merged: subset over rule, port over both. Absent: Istio's default. */
export interface TrafficPolicy {
  /** ISTIO_MUTUAL and DISABLE as written; undefined: as the callee's proxy has it (auto mTLS). */
  tls?: 'ISTIO_MUTUAL' | 'DISABLE' | 'SIMPLE';
  connectionPool?: {
    tcp?: { maxConnections?: number; connectTimeoutMs?: number; maxConnectionDurationMs?: number };
    http?: {
      http1MaxPendingRequests?: number;
      http2MaxRequests?: number;
      maxRequestsPerConnection?: number;
      maxRetries?: number;
      idleTimeoutMs?: number;
      h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
    };
  };
  outlierDetection?: {
    consecutive5xxErrors?: number;
    consecutiveGatewayErrors?: number;
    intervalMs?: number;
    baseEjectionTimeMs?: number;
    maxEjectionPercent?: number;
    minHealthPercent?: number;
  };
  loadBalancer?:
    | { simple: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM' | 'PASSTHROUGH' }
    | { hash: HashSource; minimumRingSize?: number };
}

/** What a caller reaches behind one host and port: the whole Service (subset '') or one subset of it. */
export interface Cluster {
  fqdn: string;
  port: number;
  subset: string;
  /** Pods must carry these besides the Service's selector; {} for the whole. */
  labels: Record<string, string>;
  policy: TrafficPolicy;
  /** `/apis/networking.istio.io/v1/namespaces/shop/destination-rule/billing`; undefined where no DestinationRule holds. */
  config: string | undefined;
  /** DestinationRule, or the Service where there is none. */
  because: Because;
}
