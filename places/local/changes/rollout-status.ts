import type { Resource } from '@tuesday/mesh/manifests';
import { isLate } from '../pods/progress.ts';
import type { Pods } from '../pods/pods.ts';
import { replicasOf } from '../pods/rollout.ts';

/** How far a rollout is, in the sentence of `kubectl rollout status`. */
export interface Rollout {
  done: boolean;
  message: string;
  /** Whether it has exceeded its deadline: `message` says so. */
  failed?: boolean;
}

/** Whether the pods of a workload are as many as its manifest asks for, all of its present template, and ready. */
export function rolloutStatus(workload: Resource, pods: Pick<Pods, 'of' | 'status'>): Rollout {
  const wanted = replicasOf(workload);
  const { updatedReplicas, readyReplicas, replicas, conditions = [] } = pods.status(workload);
  const leaving = pods.of(workload).length - replicas;
  const what = `${workload.kind.toLowerCase()} "${workload.metadata.name}"`;
  const waiting = (reason: string) => ({
    done: false,
    message: `Waiting for ${what} rollout to finish: ${reason}...`,
  });
  if (isLate(conditions)) return { done: false, failed: true, message: `${what} exceeded its progress deadline` };
  if (updatedReplicas < wanted) return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated`);
  if (replicas > wanted || leaving > 0)
    return waiting(`${replicas - wanted + leaving} old replicas are pending termination`);
  if (readyReplicas < wanted) return waiting(`${readyReplicas} of ${wanted} updated replicas are available`);
  return { done: true, message: `${what} successfully rolled out` };
}
