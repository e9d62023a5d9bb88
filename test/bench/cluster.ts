import { gatewayUrl } from '../../places/cluster/place/gateway.ts';
import { type Kubectl, createKubectl } from '../../places/cluster/kubectl/kubectl.ts';
import type { List } from '../../places/cluster/kubectl/objects.ts';
import { NAMESPACE } from '../../places/repository.ts';
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
export async function openCluster(env = process.env): Promise<Cluster | undefined> {
  if (!env['KUBECONFIG']) return undefined;
  const kubectl = createKubectl({ env, namespace: NAMESPACE });
  const url = await gatewayUrl(kubectl, env['GATEWAY_URL']);
  return { url, apply: (file) => kubectl.output(['apply', '-f', file]), memory: () => memory(kubectl) };
}

async function memory(kubectl: Kubectl): Promise<{ apps: number; sidecars: number; istiod: number }> {
  const { items: nodes } = await kubectl.json<List<{ metadata: { name: string } }>>('get', 'nodes');
  const found = { apps: 0, sidecars: 0, istiod: 0 };
  for (const { metadata } of nodes) {
    const path = `/api/v1/nodes/${metadata.name}/proxy/stats/summary`;
    const { pods } = JSON.parse(await kubectl.output(['get', '--raw', path])) as Summary;
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
