import type { Because } from '../because.ts';
import type { Mtls } from '../security/peer-authentication.ts';
import type { Policy } from '../security/policy.ts';
import type { Protocol } from '../services/service.ts';
import type { Tracing } from '../telemetry/telemetry.ts';

/** A container's port behind a sidecar. */
export interface InboundPort {
  /** The container's own number. */
  port: number;
  protocol: Protocol;
  /** The Service port that leads here, the oldest Service's; undefined where none does: then it is tcp. */
  service: { fqdn: string; port: number } | undefined;
  mtls: Mtls;
}

/** The pods of one Deployment or StatefulSet: they share identity, rules and routes, and differ in addresses only. */
export interface Workload {
  kind: 'Deployment' | 'StatefulSet';
  name: string;
  namespace: string;
  /** Of the pod template. */
  labels: Record<string, string>;
  account: string;
  /** `spiffe://cluster.local/ns/shop/sa/checkout`. */
  identity: string;
  /** What injection puts beside it: a sidecar, nothing but Envoy itself (template gateway), or none. */
  proxy: 'sidecar' | 'gateway' | 'none';
  /** The Namespace's label, the pod's own, or Istio's default. */
  proxyBecause: Because;
  /** Every container port of a sidecar's pod and every number that a Service leads to, sorted; empty for others. */
  inbound: InboundPort[];
  /** That hold for it, in Istio's order: by namespace and name. Root namespace's first. */
  policies: Policy[];
  /** Undefined: spans are not even made (no proxy, switched off, or a provider that is not there). */
  tracing: Tracing | undefined;
  because: Because;
}
