import type { Summary } from '@tuesday/mesh/explain';
import type { Api } from '../shop/api.ts';
import { containersReady } from './columns/pod.ts';
import { readyOf } from './columns/workload.ts';
import { meshLine } from './mesh-line.ts';
import { matches, type KubeObject, type PodObject, type WorkloadObject } from '../shop/objects.ts';

/** CPU and memory of one pod. */
export interface Usage {
  pod: string;
  namespace: string;
  /** Thousandths of a core. */
  cpuMillis: number;
  /** Bytes, shared pages counted proportionally. */
  pss: number;
  /** The Envoy's part of it; left out where there is none. */
  sidecar?: number;
}

/** A workload as `up` and `status` list it. */
export interface Workload {
  kind: string;
  namespace: string;
  name: string;
  /** Containers of its pods that are ready, as `kubectl get pods` counts them: `2/2` with a sidecar. */
  ready: string;
  restarts: number;
  /** Bytes of all its pods. */
  memory: number;
  /** SPIFFE id; left out where no Envoy has one. */
  identity?: string;
  /** Bytes of its Envoys, a part of `memory`; left out where there is none. */
  sidecar?: number;
}

/** Every Deployment and StatefulSet of every namespace, with the memory of its pods. */
export async function listWorkloads(api: Api): Promise<Workload[]> {
  const every = <T>(kind: string) => api.get<T[]>('/resources', { kind, namespace: '*' });
  const [deployments, statefulSets, pods, usage, mesh] = await Promise.all([
    every<WorkloadObject>('Deployment'),
    every<WorkloadObject>('StatefulSet'),
    every<PodObject>('Pod'),
    api.get<Usage[]>('/top'),
    api.find<Summary>('/mesh'),
  ]);
  return [...deployments, ...statefulSets].map((workload) => {
    const own = pods.filter((pod) => belongs(pod, workload));
    const used = own.flatMap((pod) => usage.find((one) => isOf(one, pod)) ?? []);
    const meshed = mesh?.workloads.find((one) => isSame(one, workload));
    const envoys = used.flatMap(({ sidecar }) => sidecar ?? []);
    return {
      kind: workload.kind,
      namespace: workload.metadata.namespace ?? '',
      name: workload.metadata.name,
      ready: own.length === 0 ? readyOf(workload) : containersReady(own),
      restarts: sum(own.flatMap(({ status }) => (status.containerStatuses ?? []).map((one) => one.restartCount))),
      memory: sum(used.map(({ pss }) => pss)),
      ...(meshed && meshed.proxy !== 'none' && { identity: meshed.identity }),
      ...(envoys.length > 0 && { sidecar: sum(envoys) }),
    };
  });
}

/**
 * One line about what the Istio objects do: `mTLS STRICT · recommendations 90 % v1, 10 % v2`. Without a mesh only their
 * number by kind: `1 Gateway, 4 VirtualServices`; '' where there is none.
 */
export async function istioSummary(api: Api): Promise<string> {
  const mesh = await api.find<Summary>('/mesh');
  if (mesh !== undefined) return meshLine(mesh);
  const all = await api.get<KubeObject[]>('/resources', { namespace: '*' });
  const kinds = all.filter(({ apiVersion }) => apiVersion?.includes('.istio.io/')).map(({ kind }) => kind);
  const counts = [...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length] as const);
  return counts.map(([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`).join(', ');
}

function plural(kind: string): string {
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function belongs({ metadata }: PodObject, { metadata: owner, spec }: WorkloadObject): boolean {
  return metadata.namespace === owner.namespace && matches(metadata.labels, spec.selector?.matchLabels ?? { '': '' });
}

function isSame(one: Summary['workloads'][number], { kind, metadata: { name, namespace } }: WorkloadObject): boolean {
  return one.kind === kind && one.name === name && one.namespace === namespace;
}

function isOf({ pod, namespace }: Usage, { metadata }: PodObject): boolean {
  return pod === metadata.name && namespace === metadata.namespace;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
