import type { Because } from '../because.ts';

/** The protocol of a port (see protocolOf); `detected`: HTTP or TCP, by the first bytes of each connection. */
export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp' | 'detected';

export interface ServicePort {
  /** The port that callers use. */
  port: number;
  /** '' for a port without a name. */
  name: string;
  /** The number or the name of a container port. */
  targetPort: number | string;
  protocol: Protocol;
}

/** A Kubernetes Service. */
export interface Service {
  name: string;
  namespace: string;
  /** `recommendations.shop.svc.cluster.local`. */
  fqdn: string;
  selector: Record<string, string>;
  ports: ServicePort[];
  /** The namespaces whose proxies see it, as for visibilityOf: its annotation `networking.istio.io/exportTo`. */
  exportTo: string[];
  /** When it was first applied, in whole seconds. If several have one target port, the oldest decides its protocol. */
  createdAt: number;
  /** The SPIFFE ids of the workloads that it selects, sorted: callers accept no other server certificate. */
  identities: string[];
  because: Because;
}
