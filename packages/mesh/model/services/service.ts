import type { Because } from '../because.ts';

/** What a port speaks: appProtocol decides, else the name before its first "-" (istio.io, protocol selection), else tcp. */
export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

export interface ServicePort {
  /** The number that callers use. */
  port: number;
  /** '' where the Service gives none. */
  name: string;
  /** A container's port, by number or by its name there. */
  targetPort: number | string;
  protocol: Protocol;
}

/** A Service of Kubernetes, as callers know it. */
export interface Service {
  name: string;
  namespace: string;
  /** `recommendations.shop.svc.cluster.local`. */
  fqdn: string;
  selector: Record<string, string>;
  ports: ServicePort[];
  /** When it was first applied, in whole seconds: where several lead to one port of a pod, the oldest decides its protocol. */
  since: number;
  /** SPIFFE ids of all workloads that it selects, sorted: a caller accepts no other server certificate. */
  identities: string[];
  because: Because;
}
