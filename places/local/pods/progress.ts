import { type Resource, asKind } from '@tuesday/mesh/manifests';
import { unavailableOf, type workloadStatus } from './rollout.ts';
import { templateHash } from './template-hash.ts';

/** A condition in the status of a Deployment. */
export interface Condition {
  type: 'Available' | 'Progressing';
  status: 'True' | 'False';
  reason: string;
  message: string;
}

/** The progress of Deployments' rollouts. */
export interface Progress {
  /** Notes where a Deployment stands; to be called after every change. */
  observe(deployment: Resource, status: WorkloadStatus): void;
  /** Its conditions now. */
  conditions(deployment: Resource, status: WorkloadStatus): Condition[];
}

type WorkloadStatus = ReturnType<typeof workloadStatus>;

interface Rollout extends WorkloadStatus {
  hash: string;
  /** Whether all its pods were there and ready once: what happens to them later is no rollout. */
  complete: boolean;
  /** When it moved last, in terms of `now`. */
  movedAt: number;
}

const keyOf = ({ metadata: { namespace, name } }: Resource) => `${namespace}/${name}`;

/**
 * Watches rollouts as the Deployment controller does: one that has not moved for progressDeadlineSeconds has exceeded its
 * deadline, until it moves again. `now` gives ms. Source: kubernetes/pkg/controller/deployment/progress.go.
 */
export function createProgress(now: () => number = () => performance.now()): Progress {
  const rollouts = new Map<string, Rollout>();

  function observe(deployment: Resource, status: WorkloadStatus): void {
    const { replicas, template } = asKind(deployment, 'Deployment').spec;
    const hash = templateHash(template);
    const key = keyOf(deployment);
    const before = rollouts.get(key);
    const known = before?.hash === hash ? before : undefined;
    const { updatedReplicas: updated, readyReplicas: ready } = status;
    const isWhole = status.replicas === replicas && updated === replicas && ready === replicas;
    const complete = isWhole || (known?.complete === true && status.replicas === updated);
    const hasMoved =
      known === undefined ||
      updated > known.updatedReplicas ||
      ready > known.readyReplicas ||
      status.replicas - updated < known.replicas - known.updatedReplicas;
    rollouts.set(key, { ...status, hash, complete, movedAt: hasMoved ? now() : known.movedAt });
  }

  function progressing(deployment: Resource): Condition {
    const { progressDeadlineSeconds, template } = asKind(deployment, 'Deployment').spec;
    const { complete = false, movedAt = now() } = rollouts.get(keyOf(deployment)) ?? {};
    const isLate = !complete && now() - movedAt > progressDeadlineSeconds * 1_000;
    const what = `ReplicaSet "${deployment.metadata.name}-${templateHash(template)}"`;
    const type = 'Progressing';
    if (isLate) return { type, status: 'False', reason: LATE, message: `${what} has timed out progressing.` };
    const [reason, state] = complete
      ? ['NewReplicaSetAvailable', 'has successfully progressed']
      : ['ReplicaSetUpdated', 'is progressing'];
    return { type, status: 'True', reason, message: `${what} ${state}.` };
  }

  return {
    observe,
    conditions: (deployment, status) => [available(deployment, status), progressing(deployment)],
  };
}

const LATE = 'ProgressDeadlineExceeded';

/** Whether the conditions say that a rollout has exceeded its deadline. */
export function isLate(conditions: readonly Condition[]): boolean {
  return conditions.some(({ reason }) => reason === LATE);
}

function available(deployment: Resource, { availableReplicas }: WorkloadStatus): Condition {
  const { replicas } = asKind(deployment, 'Deployment').spec;
  const type = 'Available';
  return availableReplicas >= replicas - unavailableOf(deployment)
    ? {
        type,
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type,
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}
