import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import type { Endpoints } from '../envoy/endpoints.ts';
import { ROOT_NAMESPACE } from '../manifests/mesh-config.ts';
import { createPlane } from './plane.ts';
import type { Plane, PlaneOptions, ProxiedPod } from './plane.ts';
import { endpoints as assignment } from './testing/resources.ts';
import { applied, noteTranslation } from './testing/translation.ts';
import { Rejected } from './resources.ts';
import type { ProxyResources } from './resources.ts';

interface Push {
  node: string;
  resources: ProxyResources;
  end(error?: Error): void;
}

const nowhere: Endpoints = () => [];
const placement = {} as ProxiedPod['placement'];
const pod = (node: string, name = 'checkout-v1'): ProxiedPod => ({
  node,
  workload: { kind: 'Deployment', namespace: 'shop', name },
  placement,
});

let pushes: Push[];
let forgotten: string[];
let issued: string[];
let calls: string[];
let life: number;
let plane: Plane;

function start(options: Partial<PlaneOptions> = {}): Plane {
  return createPlane({
    xds: {
      push: (node, resources) =>
        new Promise((resolve, reject) => {
          pushes.push({ node, resources, end: (error) => (error === undefined ? resolve() : reject(error)) });
        }),
      forget: (node) => void forgotten.push(node),
    },
    authority: {
      root: 'ROOT',
      async issue(identity) {
        issued.push(identity);
        return { chain: identity, key: 'KEY', notBefore: new Date(), notAfter: new Date(Date.now() + life) };
      },
    },
    config: { trustDomain: 'cluster.local', rootNamespace: ROOT_NAMESPACE, providers: [] },
    translation: noteTranslation(calls),
    ...options,
  });
}

beforeEach(() => {
  [pushes, forgotten, issued, calls, life] = [[], [], [], [], 3_600_000];
  plane = start();
});
afterEach(() => plane.stop());

async function until(found: () => boolean): Promise<void> {
  while (!found()) await turn();
}

/** Waits for `count` pushes, acknowledges and returns them. */
async function acknowledge(count: number): Promise<Push[]> {
  await until(() => pushes.length >= count);
  for (const { end } of pushes) end();
  return pushes.splice(0);
}

describe('the plane', () => {
  test('When pods have the same account, then each proxy gets one push, and they share a certificate', async () => {
    plane.update(applied('checkout-v1', 'checkout-v2'));
    plane.pods([pod('one'), pod('two'), pod('three', 'checkout-v2')], nowhere);
    const all = await acknowledge(3);
    expect(all.map(({ node }) => node)).toEqual(['one', 'two', 'three']);
    expect(issued).toEqual(['spiffe://cluster.local/checkout']);
    const [first] = all;
    expect(first?.resources.clusters.map(({ name }) => name)).toEqual(['checkout-v1', 'checkout-v2']);
    expect(first?.resources.secrets.map(({ name }) => name)).toEqual(['default', 'ROOTCA']);
    expect(JSON.stringify(first?.resources.secrets)).toContain('spiffe://cluster.local/checkout');
    expect(plane.configurationOf('one')).toBe(first?.resources);
    expect(await plane.settled()).toMatchObject({ sidecars: 3, rejected: [], late: [] });
  });

  test('When there are many updates at once, then one mesh is made and one push', async () => {
    for (const name of ['a', 'b', 'c']) plane.update(applied('checkout-v1', name));
    plane.pods([], nowhere);
    plane.pods([pod('one')], nowhere);
    const [push] = await acknowledge(1);
    expect(push?.resources.clusters.map(({ name }) => name)).toEqual(['checkout-v1', 'c']);
    await plane.settled();
    expect([calls.filter((call) => call === 'mesh'), pushes]).toEqual([['mesh'], []]);
  });

  test('When the same pods are given again, then nothing is translated or pushed', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one'), pod('two')], nowhere);
    await acknowledge(2);
    calls.length = 0;
    plane.pods([pod('one'), pod('two')], nowhere);
    await plane.settled();
    expect([calls, pushes]).toEqual([['assignments checkout-v1'], []]);
  });

  test('When a pod becomes ready, then endpoints are pushed and nothing is translated', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one')], nowhere);
    await acknowledge(1);
    calls.length = 0;
    plane.pods([pod('one')], () => [{ address: { host: '', port: 1 }, labels: {}, tlsMode: 'istio' }]);
    const [push] = await acknowledge(1);
    expect([push?.resources.endpoints, calls]).toEqual([[assignment('a', '1')], ['assignments checkout-v1']]);
  });

  test('When a pod is deleted, then its proxy is forgotten, and settled does not wait for it', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one'), pod('two')], nowhere);
    await until(() => pushes.length === 2);
    pushes[0]?.end();
    plane.pods([pod('one')], nowhere);
    expect(await plane.settled()).toMatchObject({ sidecars: 1, rejected: [], late: [] });
    expect([forgotten, plane.configurationOf('two')]).toEqual([['two'], undefined]);
  });

  test('When a Deployment is deleted before its pods, then they keep their configuration', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one')], nowhere);
    const [push] = await acknowledge(1);
    plane.update([]);
    expect(await plane.settled()).toMatchObject({ sidecars: 1 });
    expect([pushes, plane.configurationOf('one')]).toEqual([[], push?.resources]);
  });

  test('When a proxy rejects a push, then settled reports it, with the reason from its log if there is one', async () => {
    await plane.stop();
    plane = start({ reasonOf: (node) => (node === 'two' ? 'weight: value must be at least 1' : undefined) });
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one'), pod('two'), pod('three')], nowhere);
    await until(() => pushes.length === 3);
    for (const { node, end } of pushes) end(node === 'three' ? undefined : new Rejected('routes', ['80']));
    expect(await plane.settled()).toMatchObject({
      sidecars: 1,
      rejected: [
        { node: 'one', reason: 'The proxy refused routes: 80.' },
        { node: 'two', reason: 'weight: value must be at least 1' },
      ],
    });
  });

  test('When a proxy does not answer, then settled ends at its limit and lists the proxy as late', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one')], nowhere);
    expect(await plane.settled(20)).toMatchObject({ sidecars: 0, late: ['one'] });
  });

  test('When a newer push supersedes one, then the answer to the older does not count', async () => {
    plane.update(applied('checkout-v1'));
    plane.pods([pod('one')], nowhere);
    await until(() => pushes.length === 1);
    plane.update(applied('checkout-v1', 'b'));
    await until(() => pushes.length === 2);
    pushes[0]?.end();
    expect(await plane.settled(20)).toMatchObject({ late: ['one'] });
    pushes[1]?.end();
    expect(await plane.settled()).toMatchObject({ sidecars: 1, late: [] });
  });

  test('When resources cannot be translated, then settled rejects with the reason, and the proxies keep their configuration', async () => {
    plane.update(applied('nonsense'));
    plane.pods([pod('one')], nowhere);
    await expect(plane.settled()).rejects.toThrow('nonsense means nothing');
    expect(() => plane.mesh()).toThrow('nonsense means nothing');
    plane.update(applied('checkout-v1'));
    await acknowledge(1);
    expect(await plane.settled()).toMatchObject({ sidecars: 1 });
  });
});
