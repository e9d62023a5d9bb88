import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectProxy } from './testing/http-proxy.ts';
import type { Answer } from './testing/http-proxy.ts';
import { cluster, endpoints, secret, resourcesFor } from './testing/resources.ts';
import { Rejected } from './resources.ts';
import { serveXds } from './xds.ts';
import type { Xds } from './xds.ts';

const NODE = 'sidecar~127.0.0.1~checkout.shop~shop.svc.cluster.local';
const HELD = Symbol('held');
const none = { clusters: [], endpoints: [], routes: [], listeners: [], secrets: [] };

let folder: string;
let xds: Xds;
let proxy: ReturnType<typeof connectProxy>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xds-'));
  xds = await serveXds(join(folder, 'xds.sock'), { lingerMs: 0, supersedeAfterMs: 20 });
  proxy = connectProxy(join(folder, 'xds.sock'), NODE);
});
afterEach(async () => {
  await proxy.close();
  await xds.stop();
  await rm(folder, { recursive: true });
});

/** A cluster that needs no endpoints. */
const fixed = (name: string, note = '') => ({ ...cluster(name, note), type: 'STATIC' });

const namesIn = (answer: Answer) => answer.resources.map(({ name, cluster_name }) => name ?? cluster_name);

/** The answer, or HELD if the server has answered a later request but not this one. */
async function heldOrAnswer(answer: Promise<unknown>): Promise<unknown> {
  await proxy.status('/nothing', '');
  return Promise.race([answer, wait(1).then(() => HELD)]);
}

describe('discovery', () => {
  test('When a node has no push yet, then its request waits until it has one', async () => {
    const answer = proxy.ask({ type: 'clusters' });
    expect(await heldOrAnswer(answer)).toBe(HELD);
    void xds.push(NODE, resourcesFor(['a', 'b']));
    expect(namesIn(await answer)).toEqual(['a', 'b']);
  });

  test('When a request has the current version, then it waits for the next one', async () => {
    void xds.push(NODE, { ...none, secrets: [secret('ROOTCA', 'first')] });
    const first = await proxy.ask({ type: 'secrets', names: ['ROOTCA'] });
    const second = proxy.ask({ type: 'secrets', names: ['ROOTCA'], version: first.version_info });
    void xds.push(NODE, { ...none, secrets: [secret('ROOTCA', 'first')] });
    expect(await heldOrAnswer(second)).toBe(HELD);
    void xds.push(NODE, { ...none, secrets: [secret('ROOTCA', 'second')] });
    expect((await second).resources).toMatchObject([{ note: 'second' }]);
  });

  test('When endpoints and secrets are requested one by one, then each has its own answer and its own version', async () => {
    void xds.push(NODE, { ...resourcesFor(['a', 'b']), secrets: [secret('default'), secret('ROOTCA')] });
    const ask = (type: 'endpoints' | 'secrets', name: string) => proxy.ask({ type, names: [name] });
    const [a, b, chain] = await Promise.all([ask('endpoints', 'a'), ask('endpoints', 'b'), ask('secrets', 'default')]);
    expect([a, b, chain].map(namesIn)).toEqual([['a'], ['b'], ['default']]);
    const [holdA, nextB] = [a, b].map(({ version_info: version }, index) =>
      proxy.ask({ type: 'endpoints', names: [index === 0 ? 'a' : 'b'], version }),
    );
    void xds.push(NODE, { ...resourcesFor(['a', 'b']), endpoints: [endpoints('a'), endpoints('b', 'more')] });
    expect((await nextB)?.resources).toMatchObject([{ note: 'more' }]);
    expect(await heldOrAnswer(Promise.resolve(holdA))).toBe(HELD);
  });

  test('When a requested resource does not exist, then the request waits until it does', async () => {
    void xds.push(NODE, resourcesFor(['a']));
    const answer = proxy.ask({ type: 'endpoints', names: ['b'] });
    expect(await heldOrAnswer(answer)).toBe(HELD);
    void xds.push(NODE, resourcesFor(['a', 'b']));
    expect(namesIn(await answer)).toEqual(['b']);
  });

  test('When the proxy rejects an answer, then the push rejects with the changed names, and that version is never sent again', async () => {
    const pushed = xds.push(NODE, { ...none, clusters: [cluster('a', 'bad')] });
    await proxy.ask({ type: 'clusters' });
    const held = proxy.ask({ type: 'clusters' });
    await expect(pushed).rejects.toEqual(new Rejected('clusters', ['a']));
    await expect(xds.push(NODE, { ...none, clusters: [cluster('a', 'bad')] })).rejects.toBeInstanceOf(Rejected);
    expect(await heldOrAnswer(held)).toBe(HELD);
    void xds.push(NODE, { ...none, clusters: [cluster('a', 'good')] });
    expect((await held).resources).toMatchObject([{ note: 'good' }]);
  });

  test('When a rejected change is undone, then the previous resources are sent again', async () => {
    const [good, bad] = ['', 'bad'].map((note) => ({ ...none, clusters: [fixed('a', note), fixed('b')] }));
    xds.push(NODE, good ?? none).catch(() => {});
    const { version_info: version } = await proxy.ask({ type: 'clusters' });
    const next = proxy.ask({ type: 'clusters', version });
    const refused = xds.push(NODE, bad ?? none);
    await next;
    const held = proxy.ask({ type: 'clusters', version });
    await expect(refused).rejects.toEqual(new Rejected('clusters', ['a']));
    void xds.push(NODE, good ?? none);
    const again = await held;
    expect(again.resources).toMatchObject([{ note: '' }, { note: '' }]);
    expect(again.version_info).not.toBe(version);
  });

  test('When a proxy restarts, then it gets all resources again, and a push waits for it', async () => {
    const clusters = [fixed('a')];
    const first = xds.push(NODE, { ...none, clusters });
    const { version_info: version } = await proxy.ask({ type: 'clusters' });
    void proxy.ask({ type: 'clusters', version }).catch(() => {});
    // Envoy requests listeners as well, though there are none.
    const listeners = await proxy.ask({ type: 'listeners' });
    void proxy.ask({ type: 'listeners', version: listeners.version_info }).catch(() => {});
    await first;
    await proxy.close();
    proxy = connectProxy(join(folder, 'xds.sock'), NODE);
    const answer = await proxy.ask({ type: 'clusters' });
    expect([answer.version_info, namesIn(answer)]).toEqual([version, ['a']]);
    const again = xds.push(NODE, { ...none, clusters });
    expect(await heldOrAnswer(again)).toBe(HELD);
  });

  test('When the control plane restarts, then resources that a proxy has are not sent again', async () => {
    void xds.push(NODE, { ...none, clusters: [cluster('a')] });
    const { version_info: version } = await proxy.ask({ type: 'clusters' });
    await proxy.close();
    await xds.stop();
    xds = await serveXds(join(folder, 'xds.sock'));
    proxy = connectProxy(join(folder, 'xds.sock'), NODE);
    void xds.push(NODE, { ...none, clusters: [cluster('a')] });
    expect(await heldOrAnswer(proxy.ask({ type: 'clusters', version }))).toBe(HELD);
  });

  test('When a node is forgotten, then its push ends and its requests wait again', async () => {
    const pushed = xds.push(NODE, { ...none, clusters: [cluster('a')] });
    const { version_info: version } = await proxy.ask({ type: 'clusters' });
    xds.forget(NODE);
    await pushed;
    const held = proxy.ask({ type: 'clusters', version });
    expect(await heldOrAnswer(held)).toBe(HELD);
    void xds.push(NODE, { ...none, clusters: [cluster('b')] });
    expect(namesIn(await held)).toEqual(['b']);
  });

  test('When many nodes send requests at once, then each gets its own resources', async () => {
    const nodes = Array.from({ length: 40 }, (_, index) => `node-${index}`);
    const proxies = nodes.map((node) => connectProxy(join(folder, 'xds.sock'), node));
    const asked = proxies.map(({ ask }) => ask({ type: 'clusters' }));
    for (const node of nodes) void xds.push(node, { ...none, clusters: [cluster(`of ${node}`)] });
    expect((await Promise.all(asked)).map(namesIn)).toEqual(nodes.map((node) => [`of ${node}`]));
    await Promise.all(proxies.map(({ close }) => close()));
  });

  test('When a request is invalid, then it gets an error, and the server still works', async () => {
    expect(await proxy.status('/v3/discovery:everything', '{}')).toBe(404);
    expect(await proxy.status('/v3/discovery:clusters', '{"node":')).toBe(400);
    expect(await proxy.status('/v3/discovery:clusters', '{"node":{}}')).toBe(400);
    void xds.push(NODE, { ...none, clusters: [cluster('a')] });
    expect(namesIn(await proxy.ask({ type: 'clusters' }))).toEqual(['a']);
    expect(((await stat(join(folder, 'xds.sock'))).mode & 0o777).toString(8)).toBe('600');
  });
});
