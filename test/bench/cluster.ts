import { gatewayUrl } from '../support/kubernetes/gateway.ts';
import { kubectl, list } from '../support/kubernetes/kubectl.ts';
import { mebibytes } from './parts.ts';

/** The shop on the cluster that KUBECONFIG names. */
export interface Cluster {
  url: string;
  apply(file: string): Promise<unknown>;
  /** MiB of the shop's containers by kind, and of istiod's: the working sets that the kubelets report. */
  memory(): Promise<{ apps: number; sidecars: number; istiod: number }>;
}

/** A kubelet's statistics, read by `kubectl get --raw` (k8s.io/kubelet/pkg/apis/stats/v1alpha1). */
interface Summary {
  pods: {
    podRef: { namespace: string; name: string };
    containers?: { name: string; memory?: { workingSetBytes?: number } }[];
  }[];
}

/** The cluster; undefined without KUBECONFIG. Throws when its shop does not answer. */
export async function openCluster(kubeconfig = process.env['KUBECONFIG']): Promise<Cluster | undefined> {
  if (!kubeconfig) return undefined;
  const url = await gatewayUrl();
  return { url, apply: (file) => kubectl(['apply', '-f', file]), memory };
}

async function memory(): Promise<{ apps: number; sidecars: number; istiod: number }> {
  const nodes = await list<{ metadata: { name: string } }>('nodes');
  const found = { apps: 0, sidecars: 0, istiod: 0 };
  for (const { metadata } of nodes) {
    const path = `/api/v1/nodes/${metadata.name}/proxy/stats/summary`;
    const { pods } = JSON.parse(await kubectl(['get', '--raw', path])) as Summary;
    for (const { podRef, containers = [] } of pods)
      for (const { name, memory: used } of containers) {
        const part = partOf(podRef, name);
        if (part) found[part] += mebibytes(used?.workingSetBytes ?? 0);
      }
  }
  return found;
}

function partOf({ namespace, name }: { namespace: string; name: string }, container: string) {
  if (namespace === 'istio-system' && name.startsWith('istiod-')) return 'istiod';
  const isShop = namespace === 'shop' || (namespace === 'istio-system' && name.startsWith('jaeger-'));
  if (!isShop) return undefined;
  return container === 'istio-proxy' ? 'sidecars' : 'apps';
}
