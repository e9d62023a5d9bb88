import { type Resource, podTemplateOf } from '@tuesday/mesh/manifests';
import type { Store } from '@tuesday/mesh/control';
import { runOutside } from '../boundary.ts';
import { type Condition, createProgress } from './progress.ts';
import { planRollout, workloadStatus } from './rollout.ts';
import { createPod } from './create-pod.ts';
import type { Pod } from './pod.ts';
import type { PodLogs } from './pod-logs.ts';
import type { RunningProgram } from '../processes/process.ts';
import type { ProxyFor } from './sandbox.ts';

/** All pods of the runner. There are as many as the Deployments and StatefulSets of the store say. */
export interface Pods {
  all(): Pod[];
  /** The pods of a workload, those that are stopping included. */
  of(workload: Resource): Pod[];
  /** The `status` of a workload, in Kubernetes' shape. */
  status(workload: Resource): WorkloadStatus;
  find(namespace: string, name: string): Pod | undefined;
  /** Stops a pod gracefully; it is replaced where its workload still needs it. */
  remove(pod: Pod): void;
  /** Creates and stops pods until every workload has the pods of its manifest; called after each change of the store. */
  reconcile(): void;
  /** Stops every pod at once, and starts no more. */
  stop(): Promise<void>;
}

/** How many pods a workload has, and the conditions of a Deployment. */
export type WorkloadStatus = ReturnType<typeof workloadStatus> & { conditions?: Condition[] };

export interface PodsOptions {
  store: Store;
  /** Starts a pod's container; `restarts` counts from 0. */
  launch(pod: Pod, restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Gives the Envoy that the mesh injects into a pod; undefined without a mesh. */
  proxyFor?: ProxyFor | undefined;
  logs: PodLogs;
  /** Called after any change of any pod; throws nothing. */
  onChange(): void;
}

/** How pods name the workload they belong to: `Deployment shop/checkout-v1`. */
const ownerOf = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Starts with no pod: the first `reconcile` creates them. */
export function createPods({ store, launch, proxyFor, logs, onChange }: PodsOptions): Pods {
  const pods = new Map<string, Pod>();
  const progress = createProgress();
  let stopped = false;
  let planned = false;

  /** Plans once in a turn of the event loop, however many changes it has. */
  function reconcile(): void {
    if (planned || stopped) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (!stopped) plan();
    });
  }

  function plan(): void {
    const workloads = [...store.list({ kind: 'Deployment' }), ...store.list({ kind: 'StatefulSet' })];
    const owners = new Set(workloads.map(ownerOf));
    for (const pod of pods.values()) if (!owners.has(pod.owner)) remove(pod);
    for (const workload of workloads) {
      if (workload.kind === 'Deployment') progress.observe(workload, workloadStatus(workload, of(workload)));
      const { create, stop } = planRollout(workload, of(workload));
      for (const pod of stop) remove(pod);
      for (const one of create) add(workload, one);
      if (create.length > 0) changed();
    }
  }

  function add(workload: Resource, { name, hash }: { name: string; hash: string }): void {
    const namespace = workload.metadata.namespace!;
    const template = podTemplateOf(workload)!;
    logs.begin(name);
    const facts = { name, namespace, template, owner: ownerOf(workload), hash };
    pods.set(`${namespace}/${name}`, createPod({ ...facts, launch, proxyFor, onChange: changed }));
  }

  /** What follows from a change of a pod is no part of that pod's life. */
  function changed(): void {
    runOutside(() => {
      onChange();
      reconcile();
    });
  }

  function remove(pod: Pod): void {
    if (pod.reason === 'Terminating') return;
    void pod.stop().then(() => {
      pods.delete(`${pod.namespace}/${pod.name}`);
      logs.gone(pod.name);
      changed();
    });
  }

  const of = (workload: Resource) => [...pods.values()].filter((pod) => pod.owner === ownerOf(workload));

  return {
    all: () => [...pods.values()],
    of,
    status(workload) {
      const status = workloadStatus(workload, of(workload));
      const isDeployment = workload.kind === 'Deployment';
      return { ...status, ...(isDeployment && { conditions: progress.conditions(workload, status) }) };
    },
    find: (namespace, name) => pods.get(`${namespace}/${name}`),
    remove,
    reconcile,
    stop: async () => {
      stopped = true;
      await Promise.all([...pods.values()].map((pod) => pod.stop({ hurry: true })));
    },
  };
}
