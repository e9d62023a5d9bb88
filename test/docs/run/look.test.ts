import { expect, test } from '@jest/globals';
import { type KubeObject, differences, lookAtShop } from './look.ts';

const route = (weight: number, more = {}): KubeObject => ({
  kind: 'VirtualService',
  metadata: { name: 'billing', namespace: 'shop' },
  spec: { http: [{ weight }], template: { metadata: { labels: {}, ...more } } },
});
const pod = (name: string, ready = true) => ({
  name,
  namespace: 'shop',
  labels: { app: 'billing', version: 'v1' },
  ready,
  restarts: 0,
});
const look = (objects: KubeObject[], pods = [pod('a')]) => lookAtShop(objects, pods);
const base = look([route(1)]);

test.each([
  ['the contents of an object', look([route(2)]), 'VirtualService shop/billing has changed'],
  ['an object', look([]), 'VirtualService shop/billing is gone'],
  ['the readiness of a pod', look([route(1)], [pod('a', false)]), 'pods of billing v1: 0 ready of 1, not 1 ready of 1'],
  ['the number of pods', look([route(1)], [pod('a'), pod('b')]), 'pods of billing v1: 2 ready of 2, not 1 ready of 1'],
])('When %s changes, then the difference has its name', (_, now, difference) => {
  expect(differences(base, now)).toEqual([difference]);
});

test('When an object is added, then it is new', () => {
  expect(differences(look([]), base)).toEqual(['VirtualService shop/billing is new']);
});

test('When a cluster assigns other addresses to a Service, then there is no difference; there is one when it gets none', () => {
  const service = (clusterIP: string, nodePort: number) =>
    look([
      {
        kind: 'Service',
        metadata: { name: 'billing' },
        spec: { clusterIP, clusterIPs: [clusterIP], ports: [{ nodePort }] },
      },
    ]);
  expect(differences(service('10.0.0.1', 30_001), service('10.0.0.2', 30_002))).toEqual([]);
  expect(differences(service('10.0.0.1', 30_001), service('None', 30_001))).toEqual(['Service billing has changed']);
});

test('When only the status, the age or the restart of a workload differ, then there is no difference', () => {
  const restarted = route(1, { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01' } });
  const older = { ...restarted, status: { replicas: 1 }, source: { file: 'a.yaml' } };
  expect(differences(base, look([older], [pod('b')]))).toEqual([]);
});
