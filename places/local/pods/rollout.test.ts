import { expect, test } from '@jest/globals';
import { podTemplateOf } from '@tuesday/mesh/manifests';
import { planRollout } from './rollout.ts';
import type { Pod } from './pod.ts';
import { templateHash } from './template-hash.ts';
import { deployment } from '../testing/manifests.ts';
import { fakePod, resource } from '../testing/pod.ts';

const three = resource(deployment({ replicas: 3 }));
const hash = templateHash(podTemplateOf(three)!);
const pods = (...all: Partial<Pod>[]) => all.map((facts, index) => fakePod(three, { name: `p${index}`, ...facts }));
const names = (plan: { stop: Pod[] }) => plan.stop.map(({ name }) => name);

test('When there are no pods, then all are created at once, named by the hash of their template', () => {
  const { create, stop } = planRollout(three, []);
  expect(create).toHaveLength(3);
  expect(create[0]!.name).toMatch(new RegExp(`^web-v1-${hash}-[a-z0-9]{5}$`));
  expect(stop).toEqual([]);
});

test('When the template changes with maxSurge 1 and maxUnavailable 0, then one new pod is created and no ready one is stopped', () => {
  const plan = planRollout(three, pods({}, {}, {}));
  expect(plan.create).toHaveLength(1);
  expect(plan.stop).toEqual([]);
});

test('When the new pod is ready, then one old pod is stopped; while it is not, none is', () => {
  expect(names(planRollout(three, pods({}, {}, {}, { hash, ready: false })))).toEqual([]);
  expect(names(planRollout(three, pods({}, {}, {}, { hash })))).toHaveLength(1);
});

test('When an old pod is not ready, then a new one comes first, and the old one goes first once the new one is ready', () => {
  const old = [{}, {}, { ready: false }];
  expect(planRollout(three, pods(...old))).toMatchObject({ create: [{ hash }], stop: [] });
  expect(planRollout(three, pods(...old, { hash, ready: false }))).toEqual({ create: [], stop: [] });
  expect(planRollout(three, pods(...old, { hash }))).toMatchObject({ create: [], stop: [{ name: 'p2' }] });
});

test('When new pods are broken, then they count against maxUnavailable, and the old ones that serve stay', () => {
  const text = deployment({ replicas: 4 }).replace('maxSurge: 1, maxUnavailable: 0', 'maxSurge: 1, maxUnavailable: 1');
  const four = resource(text);
  const of = (...all: Partial<Pod>[]) => all.map((facts, index) => fakePod(four, { name: `p${index}`, ...facts }));
  const now = templateHash(podTemplateOf(four)!);
  const broken = { hash: now, ready: false };
  // One old pod may go for the one that is allowed to be unavailable; then the broken ones use this allowance up.
  expect(planRollout(four, of({}, {}, {}, {})).create).toHaveLength(1);
  expect(names(planRollout(four, of({}, {}, {}, {}, broken)))).toHaveLength(1);
  expect(planRollout(four, of({}, {}, {}, broken))).toMatchObject({ create: [{}], stop: [] });
  expect(planRollout(four, of({}, {}, {}, broken, broken))).toEqual({ create: [], stop: [] });
});

test('When a broken rollout gets another template, then its broken pods go first', () => {
  const all = pods({}, {}, {}, { hash: 'broken', ready: false });
  expect(planRollout(three, all)).toMatchObject({ create: [], stop: [{ name: 'p3' }] });
});

test('When there are too many pods, then those that are not ready are stopped first', () => {
  expect(names(planRollout(three, pods({ hash }, { hash, ready: false }, { hash }, { hash })))).toEqual(['p1']);
});

test('When a pod is stopping, then it is replaced before it has ended', () => {
  const terminating = { hash, ready: false, reason: 'Terminating' as const };
  expect(planRollout(three, pods({ hash }, { hash }, terminating)).create).toHaveLength(1);
});

test('When maxSurge and maxUnavailable both round to 0, then one pod may still be unavailable', () => {
  const text = deployment().replace('maxSurge: 1, maxUnavailable: 0', 'maxSurge: 0, maxUnavailable: 25%');
  expect(names(planRollout(resource(text), pods({})))).toEqual(['p0']);
});

test('When the strategy is Recreate, then the old pods have ended before a new one is created', () => {
  const recreate = resource(deployment().replace(/strategy:.*/, 'strategy: { type: Recreate }'));
  expect(planRollout(recreate, pods({}))).toMatchObject({ create: [], stop: [{ name: 'p0' }] });
  expect(planRollout(recreate, pods({ reason: 'Terminating', ready: false })).create).toEqual([]);
  expect(planRollout(recreate, []).create).toHaveLength(1);
});

const set = resource(
  deployment({ name: 'db', replicas: 2 })
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace(/strategy:.*/, 'serviceName: db'),
);
const setHash = templateHash(podTemplateOf(set)!);
const member = (index: number, facts: Partial<Pod> = {}) =>
  fakePod(set, { name: `db-${index}`, hash: setHash, ...facts });

test('When a StatefulSet starts, then its pods come one after the other, each when the one before is ready', () => {
  expect(planRollout(set, []).create).toEqual([{ name: 'db-0', hash: setHash }]);
  expect(planRollout(set, [member(0, { ready: false })]).create).toEqual([]);
  expect(planRollout(set, [member(0)]).create).toEqual([{ name: 'db-1', hash: setHash }]);
});

test('When a StatefulSet has too many pods, then they end from the last, each when the one before is gone and all others are ready', () => {
  const stopping = { ready: false, reason: 'Terminating' as const };
  const all = [0, 1, 2, 10].map((index) => member(index));
  expect(names(planRollout(set, all))).toEqual(['db-10']);
  expect(planRollout(set, [...all.slice(0, 3), member(10, stopping)])).toEqual({ create: [], stop: [] });
  expect(names(planRollout(set, all.slice(0, 3)))).toEqual(['db-2']);
  expect(planRollout(set, [member(0), member(1, { ready: false }), member(2)])).toEqual({ create: [], stop: [] });
  const text = deployment({ name: 'db', replicas: 1 }).replace('kind: Deployment', 'kind: StatefulSet');
  const atOnce = resource(text.replace(/strategy:.*/, 'podManagementPolicy: Parallel'));
  expect(names(planRollout(atOnce, all))).toEqual(['db-10', 'db-2', 'db-1']);
});

test('When a StatefulSet has both too many pods and outdated ones, then the update waits', () => {
  const all = [member(0, { hash: 'old' }), member(1, { hash: 'old' }), member(2)];
  expect(names(planRollout(set, all))).toEqual(['db-2']);
  expect(names(planRollout(set, all.slice(0, 2)))).toEqual(['db-1']);
});

test('When a StatefulSet changes, then its last pod goes first, under OnDelete none', () => {
  const old = [member(0, { hash: 'old' }), member(1, { hash: 'old' })];
  expect(names(planRollout(set, old))).toEqual(['db-1']);
  const text = deployment({ name: 'db', replicas: 2 }).replace('kind: Deployment', 'kind: StatefulSet');
  const onDelete = resource(text.replace(/strategy:.*/, 'serviceName: db\n  updateStrategy: { type: OnDelete }'));
  expect(names(planRollout(onDelete, old))).toEqual([]);
});
