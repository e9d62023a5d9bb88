/** What a call leads to: a Service's port, as a whole or one subset of it. */
interface Target {
  fqdn: string;
  port: number;
  subset: string;
}

/** Istio's name of a cluster that others are called by: `outbound|80|v1|recommendations.shop.svc.cluster.local`. */
export function outboundName({ fqdn, port, subset }: Target): string {
  return `outbound|${port}|${subset}|${fqdn}`;
}

/** The same as Istio writes it into SNI, where `|` must not stand. */
export function outboundSni({ fqdn, port, subset }: Target): string {
  return `outbound_.${port}_.${subset}_.${fqdn}`;
}

/** Istio's name of the way from the sidecar to its own app: `inbound|8080||`. */
export function inboundName(containerPort: number): string {
  return `inbound|${containerPort}||`;
}

/** Istio's name of a gateway's routes: `http.8080`. */
export function gatewayRoutesName(targetPort: number): string {
  return `http.${targetPort}`;
}

/** Istio has one inbound listener, `virtualInbound`, for all of a pod's ports; here each port has its own. */
export function inboundListenerName(containerPort: number): string {
  return `virtualInbound-${containerPort}`;
}
