import { describe, expect, test } from '@jest/globals';
import type { Pod } from '../kubectl/objects.ts';
import { all, cluster, deploy, pods, podsWith, ready } from '../testing/deploying.ts';
import { recorded } from '../testing/recorded.ts';

describe('the sidecars after deploy', () => {
  test('When a pod has no sidecar, then its name and how to add one are printed', async () => {
    const bare = podsWith(({ spec }) => void (spec.initContainers = []));
    const { code, err } = await deploy(cluster([all(ready)], bare));
    expect(code).toBe(1);
    expect(err).toContain(
      '1 of 3 pods have no sidecar, so no rule of the mesh holds for them: billing-v1-7d7bc95ff4-2tg42.',
    );
    expect(err).toContain('Mend it: kubectl -n shop delete pod billing-v1-7d7bc95ff4-2tg42');
  });

  test('When sidecars are classic, then they count as well', async () => {
    const classic = podsWith(({ spec }) => {
      spec.containers.push(spec.initContainers!.pop()!);
    });
    expect((await deploy(cluster([all(ready)], classic))).out).toContain(
      '3 of 3 pods have their proxy (1 native, 1 classic, 1 gateway)',
    );
  });

  test('When a pod’s label excludes it, or it is terminating, then it needs no sidecar', async () => {
    const [excused, leaving] = recorded().pods.items as [Pod, Pod];
    excused.metadata = { ...excused.metadata, name: 'plain', labels: { 'sidecar.istio.io/inject': 'false' } };
    leaving.metadata = { ...leaving.metadata, name: 'old', deletionTimestamp: '2026-11-24T13:00:00Z' };
    for (const one of [excused, leaving]) one.spec.initContainers = [];
    leaving.spec.containers = excused.spec.containers;
    const found = { items: [...pods.items, excused, leaving] };
    expect((await deploy(cluster([all(ready)], found))).out).toContain(
      '3 of 3 pods have their proxy (2 native, 1 gateway); without, as their label says: plain\n',
    );
  });
});
