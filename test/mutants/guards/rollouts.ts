import { guard } from './pods.ts';
import type { Mutant } from '../mutant.ts';

/** Workloads change their pods as Kubernetes' controllers do. */
export const ROLLOUTS: Mutant[] = [
  guard('new pods that are not ready count against maxUnavailable', 'pods/rollout.test.ts', {
    file: 'pods/rollout.ts',
    find: ' - fresh.filter((pod) => !pod.ready).length;',
    replace: ';',
    title:
      'When an old pod is not ready, then a new one comes first, and the old one goes first once the new one is ready',
  }),
  guard('pods that are too many end one after the other', 'pods/rollout.test.ts', {
    file: 'pods/rollout.ts',
    find: 'tooMany.slice(0, settled ? 1 : 0)',
    replace: 'tooMany',
    title:
      'When a StatefulSet has too many pods, then they end from the last, each when the one before is gone and all others are ready',
  }),
  guard('the update of a StatefulSet waits for its scaling', 'pods/rollout.test.ts', {
    file: 'pods/rollout.ts',
    find: 'if (isOrdered && tooMany.length > 0) return',
    replace: 'if (isOrdered && replicas < 0) return',
    title: 'When a StatefulSet has both too many pods and outdated ones, then the update waits',
  }),
  guard('a rollout that stands still exceeds its deadline', 'pods/progress.test.ts', {
    file: 'pods/progress.ts',
    find: 'movedAt: hasMoved ? now() : known.movedAt',
    replace: 'movedAt: now()',
    title: 'When a rollout stands still for its deadline, then it has exceeded it, until it moves again',
  }),
  guard('a rollout that was complete has no deadline', 'pods/progress.test.ts', {
    file: 'pods/progress.ts',
    find: 'isWhole || (known?.complete === true && status.replicas === updated)',
    replace: 'isWhole',
    title: 'When a rollout was complete, then pods that fail later exceed no deadline',
  }),
  guard('rollout status says that the deadline is exceeded', 'changes/rollout-status.test.ts', {
    file: 'changes/rollout-status.ts',
    find: 'if (isLate(conditions))',
    replace: 'if (isLate([]))',
    title: 'When it has exceeded its deadline, then it has failed, whatever its pods are',
  }),
];
