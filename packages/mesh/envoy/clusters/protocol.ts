import type { TrafficPolicy } from '../../model/policy/traffic-policy.ts';
import type { Protocol } from '../../model/services/service.ts';

/** How a cluster sends requests, where it gets any; `downstream`: as the caller does. */
export type UpstreamProtocol = 'http1' | 'http2' | 'downstream';

/** Of a cluster from a sidecar to a port of its app. Source: istio.io/istio pilot/pkg/networking/core/cluster_builder.go, setUpstreamProtocol. */
export function inboundProtocol(port: Protocol): UpstreamProtocol {
  if (port === 'detected') return 'downstream';
  return port === 'http2' || port === 'grpc' ? 'http2' : 'http1';
}

/** A proxy that calls a port of a Service. */
export interface Call {
  /** The port's protocol; undefined if it does not exist. */
  port: Protocol | undefined;
  caller: 'sidecar' | 'gateway';
}

/**
 * Of a cluster to a Service. Where the protocol is detected, a sidecar follows its app; a gateway does not, as in
 * setUpstreamProtocol there. An `h2UpgradePolicy` of UPGRADE counts for every other port.
 */
export function outboundProtocol({ port = 'tcp', caller }: Call, { connectionPool }: TrafficPolicy): UpstreamProtocol {
  const own = inboundProtocol(port);
  if (own === 'downstream' && caller === 'sidecar') return own;
  if (connectionPool?.http?.h2UpgradePolicy === 'UPGRADE') return 'http2';
  return own === 'downstream' ? 'http1' : own;
}

const OFFERS: Record<UpstreamProtocol, string[]> = {
  http1: ['istio-http/1.1', 'istio', 'http/1.1'],
  http2: ['istio-h2', 'istio', 'h2'],
  downstream: ['istio-http/1.1', 'istio'],
};

/** What mutual TLS offers by ALPN where it carries TCP. */
export const TCP_OFFER = 'istio';

/**
 * What mutual TLS offers by ALPN: the callee reads there whether it gets HTTP, where it detects the protocol. In Istio a filter of
 * its own, istio.alpn, sets the same names for each request.
 */
export function alpnOf({ port }: Call, protocol: UpstreamProtocol): string[] {
  if (port !== 'tcp') return OFFERS[protocol];
  return protocol === 'http2' ? [TCP_OFFER, 'h2'] : [TCP_OFFER];
}
