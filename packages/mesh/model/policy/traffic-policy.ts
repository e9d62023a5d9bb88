import type { TrafficPolicy as Written } from '../../manifests/kinds/istio/traffic-policy.ts';
import type { Because } from '../because.ts';

/** The value of a request from which a consistent hash is computed. */
export type HashSource =
  | { kind: 'header'; name: string }
  | { kind: 'cookie'; name: string; path?: string; ttlMs?: number }
  | { kind: 'query'; name: string }
  | { kind: 'sourceIp' };

/**
 * The merged trafficPolicy of a host, its subset and its port: the subset overrides the rule, the port overrides both.
 * Times in milliseconds. Absent: Istio's default.
 */
export interface TrafficPolicy extends Pick<Written, 'connectionPool' | 'outlierDetection'> {
  /** Undefined: mutual TLS if the callee has a sidecar (auto mTLS). */
  tls?: 'ISTIO_MUTUAL' | 'DISABLE' | 'SIMPLE';
  loadBalancer?:
    { simple: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM' } | { hash: HashSource; minimumRingSize?: number };
}

/** The pods of a Service that a caller reaches on one port: all of them (subset '') or one subset. */
export interface Cluster {
  fqdn: string;
  port: number;
  subset: string;
  /** The labels of the subset, in addition to the Service's selector; {} for all pods. */
  labels: Record<string, string>;
  policy: TrafficPolicy;
  /**
   * The TLS mode by which endpoints are marked, where a DestinationRule has one. It differs from that of the policy where the
   * settings of a port have no `tls`: the port has none, but its endpoints are marked by the rule's.
   */
  endpointTls?: TrafficPolicy['tls'];
  /** `/apis/networking.istio.io/v1/namespaces/shop/destination-rule/billing`; undefined without a DestinationRule. */
  config: string | undefined;
  /** The DestinationRule, or the Service if there is none. */
  because: Because;
}
