import type { Resource } from '@tuesday/mesh/manifests';
import { replicasOf, workloadStatus } from '../pods/rollout.ts';
import type { Pod } from '../pods/pod.ts';

/** How far a rollout is, in the sentence of `kubectl rollout status`. */
export interface Rollout {
  done: boolean;
  message: string;
}

/** Whether the pods of a workload are as many as its manifest asks for, all of its present template, and ready. */
export function rolloutStatus(workload: Resource, pods: readonly Pod[]): Rollout {
  const wanted = replicasOf(workload);
  const { updatedReplicas, readyReplicas, replicas } = workloadStatus(workload, pods);
  const leaving = pods.length - replicas;
  const what = `${workload.kind.toLowerCase()} "${workload.metadata.name}"`;
  const waiting = (reason: string) => ({
    done: false,
    message: `Waiting for ${what} rollout to finish: ${reason}...`,
  });
  if (updatedReplicas < wanted) return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated`);
  if (replicas > wanted || leaving > 0)
    return waiting(`${replicas - wanted + leaving} old replicas are pending termination`);
  if (readyReplicas < wanted) return waiting(`${readyReplicas} of ${wanted} updated replicas are available`);
  return { done: true, message: `${what} successfully rolled out` };
}
