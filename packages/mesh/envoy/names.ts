import type { Workload } from '../model/workloads/workload.ts';

/** The target of a call: a port of a Service, and one subset of its pods or all of them (''). */
interface Target {
  fqdn: string;
  port: number;
  subset: string;
}

/**
 * Istio's name of an outbound cluster: `outbound|80|v1|recommendations.shop.svc.cluster.local`.
 * Source: istio.io/istio pilot/pkg/model/service.go, BuildSubsetKey.
 */
export function outboundName({ fqdn, port, subset }: Target): string {
  return `outbound|${port}|${subset}|${fqdn}`;
}

/** The same name for SNI, which cannot hold `|`. Source: pilot/pkg/model/service.go, BuildDNSSrvSubsetKey. */
export function outboundSni({ fqdn, port, subset }: Target): string {
  return `outbound_.${port}_.${subset}_.${fqdn}`;
}

/** Istio's name of the cluster from a sidecar to its own app: `inbound|8080||`. Source: BuildInboundSubsetKey there. */
export function inboundName(containerPort: number): string {
  return `inbound|${containerPort}||`;
}

/** Istio's name of a gateway's route configuration: `http.8080`. Source: pilot/pkg/model/gateway.go, gatewayRDSRouteName. */
export function gatewayRoutesName(targetPort: number): string {
  return `http.${targetPort}`;
}

/** Istio's name of the routes of one port of one Service, whose protocol is detected. Source: pilot/pkg/networking/core/listener.go, buildSidecarOutboundHTTPListenerOpts. */
export function detectedRoutesName({ fqdn, port }: Omit<Target, 'subset'>): string {
  return `${fqdn}:${port}`;
}

/** Istio has one inbound listener, `virtualInbound`, for all ports of a pod; here each port has its own. */
export function inboundListenerName(containerPort: number): string {
  return `virtualInbound-${containerPort}`;
}

/** The app's name in spans. Source: istio.io/istio pkg/kube/labels/labels.go, CanonicalService. */
export function canonicalName({ labels, name }: Workload): string {
  return labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? name;
}

/** The app's version in spans. Source: as canonicalName. */
export function canonicalRevision({ labels }: Workload): string {
  const written = labels['service.istio.io/canonical-revision'] ?? labels['app.kubernetes.io/version'];
  return written ?? labels['version'] ?? 'latest';
}

/**
 * `checkout.shop`: the proxy's `node.cluster`, and the service name of its spans. Source: istio.io/api
 * mesh/v1alpha1/proxy.proto, TracingServiceName APP_LABEL_AND_NAMESPACE.
 */
export function proxyCluster({ labels, name, namespace }: Workload): string {
  return `${labels['app'] ?? name}.${namespace}`;
}
