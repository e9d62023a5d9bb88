import { type Resource, podTemplateOf } from '@tuesday/mesh/manifests';
import type { Store } from '@tuesday/mesh/control';
import { planRollout } from './rollout.ts';
import { type Pod, createPod } from './pod.ts';
import type { RunningProgram } from '../processes/process.ts';
import type { ProxiedPod, Proxy } from '../envoys/proxy.ts';

/** All pods of the runner. There are as many as the Deployments and StatefulSets of the store say. */
export interface Pods {
  all(): Pod[];
  /** The pods of a workload, those that are stopping included. */
  of(workload: Resource): Pod[];
  find(namespace: string, name: string): Pod | undefined;
  /** Stops a pod gracefully; it is replaced where its workload still needs it. */
  remove(pod: Pod): void;
  /** Creates and stops pods until every workload has the pods of its manifest; called after each change of the store. */
  reconcile(): void;
  /** Stops every pod at once, and starts no more. */
  stop(): Promise<void>;
}

export interface PodsOptions {
  store: Store;
  /** Starts a pod's container; `restarts` counts from 0. */
  launch(pod: Pod, restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Gives the Envoy that the mesh injects into a pod; undefined without a mesh. */
  proxyFor?: ((pod: ProxiedPod) => Promise<Proxy | undefined>) | undefined;
  /** Called after any change of any pod. */
  onChange(): void;
}

/** How pods name the workload they belong to: `Deployment shop/checkout-v1`. */
const ownerOf = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace}/${metadata.name}`;

/** Starts with no pod: the first `reconcile` creates them. */
export function createPods({ store, launch, proxyFor, onChange }: PodsOptions): Pods {
  const pods = new Map<string, Pod>();
  const creating = new Map<string, Promise<void>>();
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
      if (creating.has(ownerOf(workload))) continue;
      const { create, stop } = planRollout(workload, of(workload));
      for (const pod of stop) remove(pod);
      if (create.length > 0) creating.set(ownerOf(workload), createAll(workload, create));
    }
  }

  async function createAll(workload: Resource, wanted: { name: string; hash: string }[]): Promise<void> {
    const owner = ownerOf(workload);
    const template = podTemplateOf(workload)!;
    for (const { name, hash } of wanted) {
      const namespace = workload.metadata.namespace!;
      if (stopped) break;
      const own = { name, namespace, template, owner, hash, launch, onChange: changed };
      const pod = await createPod({ ...own, ...(proxyFor && { proxyFor }) });
      pods.set(`${namespace}/${name}`, pod);
    }
    // In a later turn: `plan` puts the promise of `createAll` into `creating` only after `createAll` has run up to its first await.
    setImmediate(() => {
      creating.delete(owner);
      changed();
    });
  }

  function changed(): void {
    onChange();
    reconcile();
  }

  function remove(pod: Pod): void {
    if (pod.reason === 'Terminating') return;
    void pod.stop().then(() => {
      pods.delete(`${pod.namespace}/${pod.name}`);
      changed();
    });
  }

  const of = (workload: Resource) => [...pods.values()].filter((pod) => pod.owner === ownerOf(workload));

  return {
    all: () => [...pods.values()],
    of,
    find: (namespace, name) => pods.get(`${namespace}/${name}`),
    remove,
    reconcile,
    stop: async () => {
      stopped = true;
      await Promise.all(creating.values());
      await Promise.all([...pods.values()].map((pod) => pod.stop({ hurry: true })));
    },
  };
}
