import { expect, test } from '@jest/globals';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { deployment } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { createProgress, isLate } from './progress.ts';
import type { Pod } from './pod.ts';
import { workloadStatus } from './rollout.ts';
import { templateHash } from './template-hash.ts';

const web = resource(deployment({ replicas: 2 }).replace('  replicas:', '  progressDeadlineSeconds: 10\n  replicas:'));
const hash = templateHash(podTemplateOf(web)!);

/** A clock, and a Deployment whose pods change. */
function watched() {
  let now = 0;
  const progress = createProgress(() => now);
  const statusOf = (pods: Partial<Pod>[]) =>
    workloadStatus(
      web,
      pods.map((facts) => fakePod(web, facts)),
    );
  let status = statusOf([]);
  return {
    /** The pods at a time, in seconds; gives the reason of Progressing. */
    at(seconds: number, pods?: Partial<Pod>[]): string {
      now = seconds * 1_000;
      if (pods) progress.observe(web, (status = statusOf(pods)));
      return progress.conditions(web, status)[1]!.reason;
    },
    conditions: () => progress.conditions(web, status),
  };
}

const [old, fresh, broken] = [{ hash: 'old' }, { hash }, { hash, ready: false }];

test('When a rollout stands still for its deadline, then it has exceeded it, until it moves again', () => {
  const rollout = watched();
  expect(rollout.at(0, [old, old, broken])).toBe('ReplicaSetUpdated');
  expect(rollout.at(10)).toBe('ReplicaSetUpdated');
  expect(rollout.at(11, [old, old, broken])).toBe('ProgressDeadlineExceeded');
  expect(rollout.conditions()).toEqual([
    {
      type: 'Available',
      status: 'True',
      reason: 'MinimumReplicasAvailable',
      message: 'Deployment has minimum availability.',
    },
    {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "web-v1-${hash}" has timed out progressing.`,
    },
  ]);
  expect(isLate(rollout.conditions())).toBe(true);
  expect(rollout.at(12, [old, old, fresh])).toBe('ReplicaSetUpdated');
  expect(rollout.at(22, [old, fresh])).toBe('ReplicaSetUpdated');
  expect(rollout.at(32, [fresh, fresh])).toBe('NewReplicaSetAvailable');
});

test('When a rollout was complete, then pods that fail later exceed no deadline', () => {
  const rollout = watched();
  expect(rollout.at(0, [fresh, fresh])).toBe('NewReplicaSetAvailable');
  expect(rollout.at(1, [fresh, broken])).toBe('NewReplicaSetAvailable');
  expect(rollout.at(60)).toBe('NewReplicaSetAvailable');
  expect(rollout.conditions()[0]).toMatchObject({ status: 'False', reason: 'MinimumReplicasUnavailable' });
});
