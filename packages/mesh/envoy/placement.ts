/** An IP address or host name, and a port. */
export interface Address {
  host: string;
  port: number;
}

/** Where the parts of one pod listen: on loopback ports of a laptop, or at a container's own addresses. Only this differs by place. */
export interface Placement {
  /** The outbound listener of an HTTP Service port: one for all Services with this port, distinguished by Host. */
  outboundHttp(port: number): Address;
  /** The outbound listener of one Service's port, of TCP or of a detected protocol. */
  outboundOwn(fqdn: string, port: number): Address;
  /** The sidecar's listener in place of a container's port. */
  inbound(containerPort: number): Address;
  /** The app itself. */
  app(containerPort: number): Address;
  /** A gateway's listener. */
  gateway(targetPort: number): Address;
  /** The plaintext port for statistics and readiness, see statistics.ts. */
  stats: Address;
  /** The address of a Service, by which apps may call it too; undefined where it has none. The same function in all pods of a place. */
  serviceAddress: (fqdn: string) => string | undefined;
  /** Path of the unix socket of Envoy's admin interface, which has the statistics. */
  adminSocket: string;
}

/** A pod in which everything listens where the manifests say, as in a cluster. */
export const AS_WRITTEN: Placement = {
  outboundHttp: (port) => ({ host: '0.0.0.0', port }),
  outboundOwn: (fqdn, port) => ({ host: fqdn, port }),
  inbound: (port) => ({ host: '0.0.0.0', port }),
  app: (port) => ({ host: '127.0.0.1', port }),
  gateway: (port) => ({ host: '0.0.0.0', port }),
  stats: { host: '0.0.0.0', port: 15_090 },
  serviceAddress: () => undefined,
  adminSocket: '/run/envoy/admin.sock',
};

/** An address as Envoy's config.core.v3.Address. */
export function socketAddress({ host, port }: Address) {
  return { socket_address: { address: host, port_value: port } };
}

/** The `load_assignment` of a cluster with one endpoint, which is in its configuration. */
export function oneEndpoint(cluster_name: string, address: object) {
  return { cluster_name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] };
}
