import { type Resource, asKind } from '@tuesday/mesh/manifests';
import type { Pod } from './pod.ts';
import { podSuffix } from './pod.ts';
import { templateHash } from './template-hash.ts';

/** The next steps of a rollout; empty when the workload is as its manifest says. */
export interface Plan {
  create: { name: string; hash: string }[];
  stop: Pod[];
}

/** The next steps for a Deployment or StatefulSet, given its present pods, stopping ones included. Pure; called again after every change. */
export function planRollout(workload: Resource, pods: readonly Pod[]): Plan {
  return workload.kind === 'Deployment' ? planDeployment(workload, pods) : planStatefulSet(workload, pods);
}

const isStaying = (pod: Pod) => pod.reason !== 'Terminating';

/**
 * One step of a Deployment's rollout, as the Deployment controller takes it: it adds as many new pods as maxSurge allows, and
 * removes old ones, those that are not ready first. A new pod that is not ready counts against maxUnavailable, so a
 * rollout to a broken template stands still with the old pods. Percentages are rounded as in Kubernetes: surge up,
 * unavailable down. Source: kubernetes/pkg/controller/deployment/rolling.go.
 */
function planDeployment(resource: Resource, pods: readonly Pod[]): Plan {
  const { replicas, template, strategy } = asKind(resource, 'Deployment').spec;
  const hash = templateHash(template);
  const staying = pods.filter(isStaying);
  const fresh = staying.filter((pod) => pod.hash === hash);
  const old = staying.filter((pod) => pod.hash !== hash);
  if (strategy.type === 'Recreate' && pods.some((pod) => pod.hash !== hash)) return { create: [], stop: old };

  const room = replicas + surgeOf(resource) - staying.length;
  const missing = Math.max(0, Math.min(replicas - fresh.length, room));
  const name = () => `${resource.metadata.name}-${hash}-${podSuffix()}`;
  const create = Array.from({ length: missing }, () => ({ name: name(), hash }));
  const tooMany = byReadiness(fresh).slice(0, Math.max(0, fresh.length - replicas));

  const fewest = replicas - unavailableOf(resource);
  const spare = staying.length - fewest - fresh.filter((pod) => !pod.ready).length;
  const unready = byReadiness(old.filter((pod) => !pod.ready)).slice(0, Math.max(0, spare));
  const available = Math.max(0, staying.filter((pod) => pod.ready).length - fewest);
  const ready = byReadiness(old.filter((pod) => pod.ready)).slice(0, available);
  return { create, stop: [...tooMany, ...unready, ...ready] };
}

/** How many pods more than its replicas a Deployment may have during a rollout. */
function surgeOf(deployment: Resource): number {
  const { replicas, strategy } = asKind(deployment, 'Deployment').spec;
  return strategy.type === 'Recreate' ? 0 : share(strategy.rollingUpdate.maxSurge, replicas, Math.ceil);
}

/** How many of a Deployment's replicas may be unavailable. If both limits round to 0, no pod could be replaced: Kubernetes then lets one be unavailable. */
export function unavailableOf(deployment: Resource): number {
  const { replicas, strategy } = asKind(deployment, 'Deployment').spec;
  if (strategy.type === 'Recreate') return 0;
  return share(strategy.rollingUpdate.maxUnavailable, replicas, Math.floor) || (surgeOf(deployment) === 0 ? 1 : 0);
}

/**
 * Pods with numbers. Under OrderedReady one thing happens at a time: each pod is created when the one before is ready, those
 * that are too many end one after the other, from the last, once all others are ready, and each is gone before the next.
 * Outdated ones are replaced from the last to the first, one at a time; one that is not ready waits for no other.
 * Source: kubernetes/pkg/controller/statefulset/stateful_set_control.go.
 */
function planStatefulSet(resource: Resource, pods: readonly Pod[]): Plan {
  const { replicas, template, podManagementPolicy, updateStrategy } = asKind(resource, 'StatefulSet').spec;
  const hash = templateHash(template);
  const isOrdered = podManagementPolicy === 'OrderedReady';
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const names = Array.from({ length: replicas }, (_, index) => `${resource.metadata.name}-${index}`);
  const settled = names.every((name) => byName.get(name)?.ready);

  const create: Plan['create'] = [];
  for (const name of names) {
    const pod = byName.get(name);
    if (!pod) create.push({ name, hash });
    if (!pod?.ready && isOrdered) break;
  }

  const tooMany = pods.filter(({ name }) => !names.includes(name)).sort((a, b) => ordinalOf(b) - ordinalOf(a));
  const ending = isOrdered ? tooMany.slice(0, settled ? 1 : 0) : tooMany;
  if (isOrdered && tooMany.length > 0) return { create, stop: ending.filter(isStaying) };

  const outdated = names
    .toReversed()
    .map((name) => byName.get(name))
    .find((pod) => pod && isStaying(pod) && pod.hash !== hash);
  const isDue = updateStrategy?.type !== 'OnDelete' && (settled || !outdated?.ready);
  return { create, stop: [...ending.filter(isStaying), ...(outdated && isDue ? [outdated] : [])] };
}

/** The number at the end of a StatefulSet's pod's name. */
const ordinalOf = ({ name }: Pod) => Number(name.slice(name.lastIndexOf('-') + 1));

function byReadiness(pods: readonly Pod[]): Pod[] {
  return [...pods].sort((a, b) => Number(a.ready) - Number(b.ready) || b.created.getTime() - a.created.getTime());
}

function share(value: number | string, of: number, round: (n: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseFloat(value) / 100) * of);
}

/** The number of pods in a workload's manifest. */
export function replicasOf(workload: Resource): number {
  return (workload.body['spec'] as { replicas?: number }).replicas ?? 1;
}

/** The `status` of a workload: its pods that stay, how many of them are ready, and how many have its present template. */
export function workloadStatus(workload: Resource, pods: readonly Pod[]) {
  const template =
    workload.kind === 'Deployment'
      ? asKind(workload, 'Deployment').spec.template
      : asKind(workload, 'StatefulSet').spec.template;
  const hash = templateHash(template);
  const staying = pods.filter(isStaying);
  const ready = staying.filter((pod) => pod.ready).length;
  const updated = staying.filter((pod) => pod.hash === hash).length;
  return { replicas: staying.length, readyReplicas: ready, availableReplicas: ready, updatedReplicas: updated };
}
