import { expect, test } from '@jest/globals';
import type { Outcome } from './load.ts';
import { tally } from './tally.ts';
import { judge } from './verdict.ts';

const SPIFFE = 'spiffe://cluster.local/ns/shop/sa/storefront';
const weights = { service: 'recommendations', shares: { v1: 0.9, v2: 0.1 }, file: 'istio/base/recommendations.yaml' };

function served(v1: number, v2: number, peer: string | null): Outcome[] {
  const one = (version: string) => ({
    ms: 3,
    status: 200,
    hops: [{ service: 'recommendations', version, pod: 'x', peer }],
  });
  return [...Array.from({ length: v1 }, () => one('v1')), ...Array.from({ length: v2 }, () => one('v2'))];
}

const verdict = (v1: number, v2: number, mesh = true) =>
  judge(tally(served(v1, v2, mesh ? SPIFFE : null)), weights, mesh);

test('When 93 of 1,000 reach v2, then that is consistent with 10 %', () => {
  expect(verdict(907, 93)).toMatchObject({
    outcome: 'consistent',
    text: 'consistent with 10 % (57–149 of 1,000 would be; one false alarm in a million)',
  });
});

test.each([
  [57, 'consistent'],
  [56, 'inconsistent'],
  [149, 'consistent'],
  [150, 'inconsistent'],
  [0, 'inconsistent'],
])('When %i of 1,000 reach v2, then that is %s', (v2, outcome) => {
  expect(verdict(1000 - v2, v2)?.outcome).toBe(outcome);
});

test('When there are 100 requests, then the verdict says how many are needed', () => {
  expect(verdict(90, 10)).toMatchObject({
    outcome: 'not-enough-data',
    text: 'not enough data to tell 10 % from 20 %: about 700 more requests',
  });
});

test('When there are few requests but all have the wrong version, then they are enough', () => {
  expect(verdict(10, 90)?.outcome).toBe('inconsistent');
});

test('When the shop runs without a mesh, then the weights are not in force and chance decides', () => {
  expect(verdict(504, 496, false)).toMatchObject({
    outcome: 'not-in-force',
    text:
      'istio/base/recommendations.yaml says 10 %, which would be 57–149 of 1,000; not in force: started with --no-mesh.\n' +
      'Without a mesh the versions share by chance: each connection goes to a random ready pod.',
  });
});

test('When there is a mesh but no caller has a certificate, then the weights are still judged', () => {
  expect(judge(tally(served(504, 496, null)), weights, true)?.outcome).toBe('inconsistent');
});

test('When the service did not answer, then there is no verdict', () => {
  expect(judge(tally([{ ms: 1, status: 503, failure: '503', hops: [] }]), weights, true)).toBeUndefined();
});
