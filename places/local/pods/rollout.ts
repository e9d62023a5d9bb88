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
 * One step of a Deployment's rollout: as many new pods as maxSurge allows, and as many old ones stopped as maxUnavailable
 * allows. Percentages are rounded as in Kubernetes: surge up, unavailable down.
 */
function planDeployment(resource: Resource, pods: readonly Pod[]): Plan {
  const { replicas, template, strategy } = asKind(resource, 'Deployment').spec;
  const hash = templateHash(template);
  const staying = pods.filter(isStaying);
  const fresh = staying.filter((pod) => pod.hash === hash);
  const old = staying.filter((pod) => pod.hash !== hash);
  if (strategy.type === 'Recreate' && pods.some((pod) => pod.hash !== hash)) return { create: [], stop: old };
  const surge = share(strategy.rollingUpdate.maxSurge, replicas, Math.ceil);
  // If both are 0, no pod could be replaced: Kubernetes then lets one be unavailable.
  const unavailable = share(strategy.rollingUpdate.maxUnavailable, replicas, Math.floor) || (surge === 0 ? 1 : 0);

  const room = old.length > 0 ? replicas + surge - staying.length : replicas - fresh.length;
  const missing = Math.max(0, Math.min(replicas - fresh.length, room));
  const create = Array.from({ length: missing }, () => ({
    name: `${resource.metadata.name}-${hash}-${podSuffix()}`,
    hash,
  }));

  const tooMany = byReadiness(fresh).slice(0, Math.max(0, fresh.length - replicas));
  let spare = staying.filter((pod) => pod.ready).length - (replicas - unavailable);
  const replaceable = byReadiness(old).filter((pod) => !pod.ready || spare-- > 0);
  return { create, stop: [...tooMany, ...replaceable] };
}

/** Pods with numbers: each is created when the one before is ready; outdated ones are replaced from the last to the first, one at a time. */
function planStatefulSet(resource: Resource, pods: readonly Pod[]): Plan {
  const { replicas, template, podManagementPolicy, updateStrategy } = asKind(resource, 'StatefulSet').spec;
  const hash = templateHash(template);
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const names = Array.from({ length: replicas }, (_, index) => `${resource.metadata.name}-${index}`);
  const stop = pods.filter((pod) => isStaying(pod) && !names.includes(pod.name));
  const outdated = names
    .toReversed()
    .map((name) => byName.get(name))
    .find((pod) => pod && isStaying(pod) && pod.hash !== hash);
  const settled = names.every((name) => byName.get(name)?.ready);
  if (outdated && updateStrategy?.type !== 'OnDelete' && (settled || !outdated.ready)) stop.push(outdated);
  const create: Plan['create'] = [];
  for (const name of names) {
    const pod = byName.get(name);
    if (!pod) create.push({ name, hash });
    if (!pod?.ready && podManagementPolicy === 'OrderedReady') break;
  }
  return { create, stop };
}

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
