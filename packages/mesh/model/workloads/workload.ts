import type { Because } from '../because.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { Policy } from '../security/policy.ts';
import type { Jwt } from '../security/request-authentication.ts';
import type { Protocol } from '../services/service.ts';
import type { Tracing } from '../telemetry/telemetry.ts';

/** A container port of a pod with a sidecar. */
export interface InboundPort {
  /** The container port. */
  port: number;
  protocol: Protocol;
  /** The port of the (oldest) Service with this target port; undefined if there is none, and then the protocol is detected. */
  service: { fqdn: string; port: number } | undefined;
  mtls: Mtls;
}

/** The pods of one Deployment or StatefulSet. They have the same identity, policies and routes; only addresses differ. */
export interface Workload {
  kind: 'Deployment' | 'StatefulSet';
  name: string;
  namespace: string;
  /** The labels of the pod template. */
  labels: Record<string, string>;
  account: string;
  /** `spiffe://cluster.local/ns/shop/sa/checkout`. */
  identity: string;
  /** What injection adds: a sidecar, or an Envoy in place of the app (template gateway), or nothing. */
  proxy: 'sidecar' | 'gateway' | 'none';
  /** The label of the Namespace or of the pod, or Istio's default. */
  proxyBecause: Because;
  /** The ports of a pod with a sidecar, sorted (see inboundPorts); empty for others. */
  inbound: InboundPort[];
  /** The container port behind each port of the Services that select its pods; of several with one port, the oldest counts. */
  targetPorts: ReadonlyMap<number, number>;
  /** The policies that apply to it (see policiesOf). */
  policies: Policy[];
  /** Whose tokens it takes (see jwtsOf). */
  jwts: Jwt[];
  /** Undefined: there are no spans (no proxy, tracing disabled, or a provider that does not exist). */
  tracing: Tracing | undefined;
  because: Because;
}
