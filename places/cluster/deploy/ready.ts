import { hasCondition } from '../kubectl/objects.ts';
import type { Pod, Workload } from '../kubectl/objects.ts';

/** Whether every pod of a workload has its newest template and is ready. Source: kubectl rollout status (pkg/polymorphichelpers). */
export function isReady({ kind, metadata, spec, status = {} }: Workload): boolean {
  const wanted = spec.replicas ?? 1;
  const serving = kind === 'Deployment' ? status.availableReplicas : status.readyReplicas;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (serving ?? 0) === wanted
  );
}

/** The pods that a workload selects, without terminating ones. */
export function podsOf({ metadata, spec }: Workload, pods: readonly Pod[]): Pod[] {
  const wanted = Object.entries(spec.selector.matchLabels ?? {});
  return pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      pod.metadata.deletionTimestamp === undefined &&
      wanted.every(([key, value]) => pod.metadata.labels?.[key] === value),
  );
}

/** Why a workload will not become ready by itself. */
export interface Trouble {
  /** As Kubernetes names it: ImagePullBackOff, Unschedulable. */
  reason: string;
  sentence: string;
  mend: string;
}

/** Why a workload does not become ready; undefined while it is only starting. */
export function troubleOf(workload: Workload, pods: readonly Pod[]): Trouble | undefined {
  const { name, namespace } = workload.metadata;
  const refused = workload.status?.conditions?.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
  if (refused !== undefined)
    return {
      reason: refused.reason ?? 'ReplicaFailure',
      sentence: `${workload.kind} ${name} cannot make its pods: ${refused.message}`,
      mend: 'npm run k8s:preflight',
    };
  for (const pod of podsOf(workload, pods)) {
    const unscheduled = pod.status.conditions?.find(
      (one) => one.type === 'PodScheduled' && one.reason === 'Unschedulable',
    );
    if (unscheduled !== undefined && !hasCondition(pod.status.conditions, 'PodScheduled'))
      return {
        reason: 'Unschedulable',
        sentence: `No node takes pod ${pod.metadata.name}: ${unscheduled.message}`,
        mend: 'npm run k8s:preflight',
      };
    for (const { name: container, image, state } of [
      ...(pod.status.initContainerStatuses ?? []),
      ...(pod.status.containerStatuses ?? []),
    ]) {
      const { reason = '', message = '' } = state?.waiting ?? {};
      if (/^(ErrImage|ImagePull|InvalidImage)/.test(reason))
        return {
          reason,
          sentence: `Pod ${pod.metadata.name} does not get its image ${image}.`,
          mend: image.startsWith('tuesday.local/')
            ? 'npm run images:load'
            : `docker pull ${image} && npm run images:load -- ${image}`,
        };
      if (reason === 'CrashLoopBackOff')
        return {
          reason,
          sentence: `Container ${container} of pod ${pod.metadata.name} ends again and again.`,
          mend: `kubectl -n ${namespace} logs ${pod.metadata.name} -c ${container} --previous   (it says why)`,
        };
      if (/^(CreateContainer|RunContainer)\w*Error$/.test(reason))
        return {
          reason,
          sentence: `Container ${container} of pod ${pod.metadata.name} cannot start: ${message}`,
          mend: `kubectl -n ${namespace} describe pod ${pod.metadata.name}   (it says why)`,
        };
    }
  }
  return undefined;
}
