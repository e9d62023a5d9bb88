import type { Workload } from '../model/workloads/workload.ts';

/** What Istio calls the app in its spans. */
export function canonicalName({ labels, name }: Workload): string {
  return labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'] ?? name;
}

/** What Istio calls its version. */
export function canonicalRevision({ labels }: Workload): string {
  return (
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    'latest'
  );
}

/** `checkout.shop`: the proxy's `node.cluster`, under which its spans are found (Istio's APP_LABEL_AND_NAMESPACE). */
export function proxyCluster({ labels, name, namespace }: Workload): string {
  return `${labels['app'] ?? name}.${namespace}`;
}
