import { describe, expect, test } from '@jest/globals';
import type { Pod } from '../kubectl/objects.ts';
import { kubectl } from '../testing/fake-tools.ts';
import { all, cluster, deploy, podsWith, ready, starting, waits } from '../testing/deploying.ts';
import { recorded } from '../testing/recorded.ts';

describe('deploy', () => {
  test('When everything becomes ready, then it prints its progress, what it checked, and how to reach the shop', async () => {
    const { code, out, err, calls } = await deploy(cluster([all(starting()), all(starting()), all(ready)]));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      '3 objects: 2 created, 1 configured',
      '  0 s  2 of 3 ready; waiting for billing-v1',
      '  2 s  3 of 3 ready',
      '3 of 3 pods have their proxy (2 native, 1 gateway)',
      "kubectl's current namespace is now shop: lessons need no -n.",
      'The way in: kubectl port-forward service/gateway 8080:80   and then http://localhost:8080',
      '',
    ]);
    expect(calls.at(-1)).toBe('kubectl config set-context --current --namespace=shop');
  });

  test('When kubectl rejects the overlay, then kubectl’s sentence is printed', async () => {
    const refused = {
      ...kubectl('apply -k *'),
      stderr: 'namespace/shop created\nerror: no matches for kind "Gateway" in version "networking.istio.io/v1"\n',
      code: 1,
    };
    const { code, err } = await deploy([refused, ...cluster([])]);
    expect(code).toBe(1);
    expect(err).toBe(
      'kubectl apply failed: no matches for kind "Gateway" in version "networking.istio.io/v1".\nMend it: npm run k8s:preflight\n',
    );
  });

  test.each<[what: string, billing: (pod: Pod) => void, says: string, mend: string]>([
    [
      'an image of ours is nowhere',
      waits('ErrImageNeverPull'),
      'does not get its image tuesday.local/billing:dev.',
      'npm run images:load',
    ],
    [
      'an image cannot be pulled',
      (pod) => {
        waits('ImagePullBackOff')(pod);
        pod.status.containerStatuses![0]!.image = 'docker.io/library/postgres:18-bookworm';
      },
      'does not get its image docker.io/library/postgres:18-bookworm.',
      'docker pull docker.io/library/postgres:18-bookworm && npm run images:load -- docker.io/library/postgres:18-bookworm',
    ],
    [
      'an app ends again and again',
      waits('CrashLoopBackOff'),
      'Container billing of pod billing-v1-7d7bc95ff4-2tg42 ends again and again.',
      'kubectl -n shop logs billing-v1-7d7bc95ff4-2tg42 -c billing --previous',
    ],
    [
      'a Secret is missing',
      waits('CreateContainerConfigError', 'secret "billing-database" not found'),
      'cannot start: secret "billing-database" not found',
      'kubectl -n shop describe pod billing-v1-7d7bc95ff4-2tg42',
    ],
    [
      'no node has room',
      (pod) =>
        void (pod.status.conditions = [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' },
        ]),
      'No node takes pod billing-v1-7d7bc95ff4-2tg42: 0/1 nodes are available',
      'npm run k8s:preflight',
    ],
  ])('When %s, then it waits 20 s and says what mends it', async (_, billing, says, mend) => {
    const { code, out, err } = await deploy(cluster([all(starting(), podsWith(billing))]));
    expect(code).toBe(1);
    expect(out).toMatch(/ {2}0 s {2}2 of 3 ready; waiting for billing-v1 \(\w+\)\n$/);
    expect(err).toContain(says);
    expect(err).toContain(`\nMend it: ${mend}`);
  });

  test('When a trouble ends within 20 s, then it is no error', async () => {
    const trouble = all(starting(), podsWith(waits('CrashLoopBackOff')));
    const looks = [
      ...Array<typeof trouble>(15).fill(trouble),
      all(starting()),
      ...Array<typeof trouble>(15).fill(trouble),
    ];
    expect(await deploy(cluster([...looks, all(ready)]))).toMatchObject({ code: 0 });
  });

  test('When the webhook rejects the pods, then its reason is printed', async () => {
    const refused = starting();
    refused.items[0]!.status!.conditions = [
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'failed calling webhook' },
    ];
    const { err } = await deploy(cluster([all(refused, { items: [] })]));
    expect(err).toContain('Deployment billing-v1 cannot make its pods: failed calling webhook');
  });

  test('When time runs out, then it names the workloads that are not ready', async () => {
    const { code, err } = await deploy(cluster([all(starting())]), { timeout: 7_000 });
    expect(code).toBe(1);
    expect(err).toBe(
      'Not ready after 7 s: billing-v1.\nMend it: kubectl -n shop get events --sort-by=.lastTimestamp   (it says why)\n',
    );
  });

  test('When a Deployment is at an older generation, then it is not ready', async () => {
    const older = recorded().workloads;
    older.items[0]!.status!.observedGeneration = 0;
    const { out } = await deploy(cluster([all(older), all(ready)]));
    expect(out).toContain('2 of 3 ready; waiting for billing-v1\n');
  });
});
