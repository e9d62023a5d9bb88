import { expect, test } from '@jest/globals';
import type { Condition } from '../pods/progress.ts';
import type { Pod } from '../pods/pod.ts';
import { workloadStatus } from '../pods/rollout.ts';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { templateHash } from '../pods/template-hash.ts';
import { deployment } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';
import { rolloutStatus } from './rollout-status.ts';

const web = resource(deployment({ replicas: 2 }));
const hash = templateHash(podTemplateOf(web)!);

function status(pods: Partial<Pod>[], conditions: Condition[] = []) {
  const all = pods.map((facts) => fakePod(web, facts));
  return rolloutStatus(web, { of: () => all, status: () => ({ ...workloadStatus(web, all), conditions }) });
}

test.each([
  [[{}, {}], 'Waiting for deployment "web-v1" rollout to finish: 0 out of 2 new replicas have been updated...'],
  [
    [{}, { hash }, { hash }],
    'Waiting for deployment "web-v1" rollout to finish: 1 old replicas are pending termination...',
  ],
  [
    [{ hash }, { hash, ready: false }],
    'Waiting for deployment "web-v1" rollout to finish: 1 of 2 updated replicas are available...',
  ],
])('When a Deployment has the pods %j, then its rollout waits', (pods, message) => {
  expect(status(pods)).toEqual({ done: false, message });
});

test('When all pods are new and ready, then it is done', () => {
  expect(status([{ hash }, { hash }])).toEqual({ done: true, message: 'deployment "web-v1" successfully rolled out' });
});

test('When it has exceeded its deadline, then it has failed, whatever its pods are', () => {
  const late: Condition = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' };
  expect(status([{}, { hash, ready: false }], [late])).toEqual({
    done: false,
    failed: true,
    message: 'deployment "web-v1" exceeded its progress deadline',
  });
});
