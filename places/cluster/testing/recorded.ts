import { readFileSync } from 'node:fs';
import type { List, KubeObject, Pod, Workload } from '../kubectl/objects.ts';
import { kubectl } from './fake-tools.ts';
import type { Answer } from './fake-tools.ts';

interface Recorded {
  version: object;
  definitions: List<{ metadata: { name: string }; status: { conditions: { type: string; status: string }[] } }>;
  istiod: List<Workload>;
  webhooks: List<{ metadata: { name: string }; webhooks: { name: string; clientConfig: { caBundle: string } }[] }>;
  mesh: { data: { mesh: string } };
  nodes: List<{ spec: { unschedulable?: boolean }; status: { allocatable: { memory: string } } }>;
  pods: List<Pod>;
  workloads: List<Workload>;
  storage: List<{ metadata: { name: string; annotations: Record<string, string> } }>;
}

/** A fresh copy of what a Kubernetes 1.34 with Istio 1.31 answered, without the fields that are not read here. A test may change it. */
export function recorded(): Recorded {
  return JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as Recorded;
}

/** Everything that the preflight asks, answered as that cluster did, with `change` made to it before. */
export function healthy(change: (answers: Recorded) => void = () => undefined): Answer[] {
  const now = recorded();
  change(now);
  return [
    kubectl('config current-context', 'kind-shop\n'),
    kubectl('version -o json', now.version),
    kubectl('get customresourcedefinitions *', now.definitions),
    kubectl('get deployments -A -l app=istiod *', now.istiod),
    kubectl('get mutatingwebhookconfigurations *', now.webhooks),
    kubectl('get configmap istio *', now.mesh),
    kubectl('get storageclasses *', now.storage),
    kubectl('get nodes *', now.nodes),
    kubectl('get pods -A *', now.pods),
  ];
}

/** What an overlay holds, as `kubectl get -k` prints it. */
export function overlay(workloads: readonly Workload[], namespace = 'shop'): List<KubeObject> {
  return { items: [{ kind: 'Namespace', metadata: { name: namespace } }, ...workloads] };
}
