import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { nowhere, PART, pod, startFakeControl, until } from './testing/fake-control.ts';
import { endpoints as assignment } from './testing/resources.ts';
import { applied } from './testing/translation.ts';

let control: ReturnType<typeof startFakeControl>;
beforeEach(() => {
  control = startFakeControl();
});
afterEach(() => control.plane.stop());

describe('the plane', () => {
  test('When pods have the same account, then each proxy gets one push, and they share a certificate', async () => {
    control.plane.update(applied('checkout-v1', 'checkout-v2'));
    control.plane.pods([pod('one'), pod('two'), pod('three', 'checkout-v2')], nowhere);
    const all = await control.acknowledge(3);
    expect(all.map(({ node }) => node)).toEqual(['one', 'two', 'three']);
    expect(control.issued).toEqual(['spiffe://cluster.local/checkout']);
    const [first] = all;
    expect(first?.resources.clusters.map(({ name }) => name)).toEqual(['checkout-v1', 'checkout-v2']);
    expect(first?.resources.secrets.map(({ name }) => name)).toEqual(['default', 'ROOTCA']);
    expect(JSON.stringify(first?.resources.secrets)).toContain('spiffe://cluster.local/checkout');
    expect(await control.plane.settled()).toMatchObject({ sidecars: 3, rejected: [], late: [] });
  });

  test('When there are many updates at once, then one mesh is made and one push', async () => {
    for (const name of ['a', 'b', 'c']) control.plane.update(applied('checkout-v1', name));
    control.plane.pods([], nowhere);
    control.plane.pods([pod('one')], nowhere);
    const [push] = await control.acknowledge(1);
    expect(push?.resources.clusters.map(({ name }) => name)).toEqual(['checkout-v1', 'c']);
    await control.plane.settled();
    expect([control.calls.filter((call) => call === 'mesh'), control.pushes]).toEqual([['mesh'], []]);
  });

  test('When the same pods are given again, then nothing is translated or pushed', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await control.acknowledge(2);
    control.calls.length = 0;
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await control.plane.settled();
    expect([control.calls, control.pushes]).toEqual([['assignments checkout-v1'], []]);
  });

  test('When a pod becomes ready, then endpoints are pushed and nothing is translated', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one')], nowhere);
    await control.acknowledge(1);
    control.calls.length = 0;
    control.plane.pods([pod('one')], () => [{ address: { host: '', port: 1 }, labels: {}, tlsMode: 'istio' }]);
    const [push] = await control.acknowledge(1);
    expect([push?.resources.endpoints, control.calls]).toEqual([[assignment('a', '1')], ['assignments checkout-v1']]);
  });

  test('When a pod is deleted, then its proxy is control.forgotten, and settled does not wait for it', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await until(() => control.pushes.length === 2);
    control.pushes[0]?.end();
    control.plane.pods([pod('one')], nowhere);
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1, rejected: [], late: [] });
    expect(control.forgotten).toEqual(['two']);
  });

  test('When a Deployment is deleted before its pods, then they keep their configuration', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one')], nowhere);
    await control.acknowledge(1);
    control.plane.update([]);
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1 });
    expect(control.pushes).toEqual([]);
  });

  test('When proxies refuse a push, then settled and refusals say which, and why', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one'), pod('two'), pod('three')], nowhere);
    await until(() => control.pushes.length === 3);
    for (const { node, end } of control.pushes) end(node === 'three' ? undefined : `no ${node}`);
    const rejected = ['one', 'two'].map((node) => ({ ...PART, node, reason: `no ${node}` }));
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1, rejected });
    expect(control.plane.refusals()).toEqual(rejected);
  });

  test('When proxies answer now and then, then settled waits on, for as long as something moves', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await until(() => control.pushes.length === 2);
    const settled = control.plane.settled(200);
    await wait(150);
    control.pushes[0]?.end();
    await wait(150);
    control.pushes[1]?.end();
    expect(await settled).toMatchObject({ sidecars: 2, late: [] });
  });

  test('When a proxy does not answer, then settled ends at its limit and lists the proxy as late', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one')], nowhere);
    expect(await control.plane.settled(20)).toMatchObject({ sidecars: 0, late: ['one'] });
  });

  test('When a newer push supersedes one, then the answer to the older does not count', async () => {
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one')], nowhere);
    await until(() => control.pushes.length === 1);
    control.plane.update(applied('checkout-v1', 'b'));
    await until(() => control.pushes.length === 2);
    control.pushes[0]?.end();
    expect(await control.plane.settled(20)).toMatchObject({ late: ['one'] });
    control.pushes[1]?.end();
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1, late: [] });
  });

  test('When resources cannot be translated, then settled rejects with the reason, and the proxies keep their configuration', async () => {
    control.plane.update(applied('nonsense'));
    control.plane.pods([pod('one')], nowhere);
    await expect(control.plane.settled()).rejects.toThrow('nonsense means nothing');
    expect(() => control.plane.mesh()).toThrow('nonsense means nothing');
    control.plane.update(applied('checkout-v1'));
    await control.acknowledge(1);
    expect(await control.plane.settled()).toMatchObject({ sidecars: 1 });
  });

  test('When the trusted roots change, then each proxy gets them, and they count as used once all have answered', async () => {
    await control.plane.stop();
    control = startFakeControl(3_600_000, { checkMs: 5 });
    control.plane.update(applied('checkout-v1'));
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await control.acknowledge(2);
    await until(() => control.acknowledgedRoots.at(-1) === true);
    control.setRoot('ROOT AND NEXT');
    control.plane.pods([pod('one'), pod('two')], nowhere);
    await until(() => control.pushes.length === 2);
    expect(JSON.stringify(control.pushes[1]?.resources.secrets)).toContain('ROOT AND NEXT');
    control.pushes[0]?.end();
    await until(() => control.acknowledgedRoots.at(-1) === false);
    control.pushes[1]?.end();
    await until(() => control.acknowledgedRoots.at(-1) === true);
  });
});
