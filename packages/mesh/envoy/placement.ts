/** Where something listens. */
export interface Address {
  host: string;
  port: number;
}

/** Where things are, for one pod: loopback ports on a laptop, a container's own addresses elsewhere. The model knows none of it. */
export interface Placement {
  /** The outbound listener of an HTTP Service port: one for all Services, told apart by Host. */
  outboundHttp(port: number): Address;
  /** The outbound listener of one TCP Service port. */
  outboundTcp(fqdn: string, port: number): Address;
  /** Where the sidecar listens for a container's port. */
  inbound(containerPort: number): Address;
  /** Where the app itself listens. */
  app(containerPort: number): Address;
  /** Where a gateway listens. */
  gateway(targetPort: number): Address;
  /** The one plaintext port: it answers /stats/prometheus and nothing else. */
  stats: Address;
  /** Path of the unix socket on which this Envoy's admin interface listens; the statistics come from there. */
  adminSocket: string;
}

/** As Envoy writes an address. */
export function socketAddress({ host, port }: Address) {
  return { socket_address: { address: host, port_value: port } };
}
