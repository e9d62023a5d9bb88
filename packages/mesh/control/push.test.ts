import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { createPusher } from './push.ts';
import type { Pusher } from './push.ts';
import { startFakeProxy } from './testing/fake-proxy.ts';
import { cluster, endpoints, secret, resourcesFor } from './testing/resources.ts';
import { Rejected } from './resources.ts';

let client: Client;
let pusher: Pusher;
let proxy: ReturnType<typeof startFakeProxy>;
beforeEach(() => {
  client = createClient();
  pusher = createPusher(client, { lingerMs: 5, supersedeAfterMs: 20 });
  proxy = startFakeProxy(client);
});
afterEach(() => pusher.stop());

/** Waits long enough for every delivery that is not held. */
async function turns(): Promise<void> {
  for (let count = 0; count < 50; count += 1) await turn();
}

async function until(found: () => boolean): Promise<void> {
  while (!found()) await turn();
}

/** A test that would hang fails earlier. */
jest.setTimeout(5_000);

describe('the order of a push', () => {
  test('When a proxy starts, then clusters come before endpoints, listeners and their routes', async () => {
    await pusher.push(resourcesFor(['a', 'b']));
    expect(proxy.takeDeliveries()).toEqual([
      'clusters a b',
      'endpoints a',
      'endpoints b',
      'listeners 0.0.0.0_80',
      'routes 80',
    ]);
  });

  test('When clusters are not acknowledged, then no route comes', async () => {
    await pusher.push(resourcesFor(['a']));
    proxy.takeDeliveries();
    proxy.hold('clusters');
    const pushed = pusher.push(resourcesFor(['a', 'b']));
    await turns();
    expect(proxy.takeDeliveries()).toEqual(['clusters a b', 'endpoints b']);
    proxy.release('clusters');
    await pushed;
    expect(proxy.takeDeliveries()).toEqual(['routes 80']);
  });

  test('When a new cluster has no endpoints yet, then no route comes, though the cluster is acknowledged', async () => {
    await pusher.push(resourcesFor(['a']));
    proxy.takeDeliveries();
    proxy.hold('endpoints');
    const pushed = pusher.push(resourcesFor(['a', 'b']));
    await turns();
    expect(proxy.takeDeliveries()).toEqual(['clusters a b', 'endpoints b']);
    proxy.release('endpoints');
    await pushed;
    expect(proxy.takeDeliveries()).toEqual(['routes 80']);
  });

  test('When a cluster goes, then the routes leave it first, and it stays for a while', async () => {
    await pusher.push(resourcesFor(['a', 'b']));
    proxy.takeDeliveries();
    proxy.hold('routes');
    const pushed = pusher.push(resourcesFor(['b']));
    await turns();
    expect(proxy.takeDeliveries()).toEqual(['routes 80']);
    proxy.release('routes');
    await pushed;
    expect(proxy.takeDeliveries()).toEqual([]);
    expect([...client.offered('clusters').keys()]).toEqual(['a', 'b']);
    await until(() => proxy.deliveries.length > 0);
    expect(proxy.takeDeliveries()).toEqual(['clusters b']);
    await until(() => client.offered('endpoints').size === 1);
    expect(proxy.takeDeliveries()).toEqual([]);
  });

  test('When a cluster is added again before its removal, then nothing about it is sent', async () => {
    await pusher.push(resourcesFor(['a', 'b']));
    await pusher.push(resourcesFor(['b']));
    proxy.takeDeliveries();
    await pusher.push(resourcesFor(['a', 'b']));
    expect(proxy.takeDeliveries()).toEqual(['routes 80']);
  });

  test('When nothing changed, then nothing is sent', async () => {
    await pusher.push(resourcesFor(['a', 'b']));
    proxy.takeDeliveries();
    await pusher.push(resourcesFor(['b', 'a'], ''));
    expect(proxy.takeDeliveries()).toEqual(['routes 80']);
    await pusher.push(resourcesFor(['b', 'a'], ''));
    expect(proxy.takeDeliveries()).toEqual([]);
  });

  test('When pods change during a push, then endpoints do not wait for the push', async () => {
    await pusher.push(resourcesFor(['a']));
    proxy.takeDeliveries();
    proxy.hold('clusters');
    void pusher.push(resourcesFor(['a', 'b']));
    await turns();
    proxy.takeDeliveries();
    void pusher.push({ ...resourcesFor(['a', 'b']), endpoints: [endpoints('a', 'gone'), endpoints('b')] });
    expect(proxy.takeDeliveries()).toEqual(['endpoints a']);
  });

  test('When a newer push comes, then the older one ends as the newer does, and its routes are never sent', async () => {
    await pusher.push(resourcesFor(['a']));
    proxy.takeDeliveries();
    proxy.hold('clusters');
    const older = pusher.push(resourcesFor(['a', 'b'], ', old'));
    const newer = pusher.push(resourcesFor(['a', 'b'], ', new'));
    await turns();
    proxy.release('clusters');
    await Promise.all([older, newer]);
    expect(proxy.takeDeliveries()).toEqual(['clusters a b', 'endpoints b', 'routes 80']);
    expect(client.offered('routes').get('80')).toContain('to a and b, new');
  });

  test('When a push can never be acknowledged, then a newer one replaces it', async () => {
    await pusher.push(resourcesFor(['a']));
    const lost = pusher.push({ ...resourcesFor(['a', 'b']), endpoints: [endpoints('a')] });
    await turns();
    await pusher.push(resourcesFor(['a', 'c']));
    await lost;
    expect([...client.offered('clusters').keys()]).toEqual(['a', 'c']);
  });

  test('When clusters are rejected, then no route comes, until they are valid', async () => {
    await pusher.push(resourcesFor(['a']));
    proxy.takeDeliveries();
    proxy.reject('clusters');
    const bad = { ...resourcesFor(['a', 'b']), clusters: [cluster('a'), cluster('b', 'bad')] };
    await expect(pusher.push(bad)).rejects.toEqual(new Rejected('clusters', ['b']));
    await expect(pusher.push(bad)).rejects.toEqual(new Rejected('clusters', ['b']));
    expect(proxy.takeDeliveries()).toEqual(['clusters a b']);
    proxy.accept('clusters');
    await pusher.push(resourcesFor(['a', 'c']));
    expect(proxy.takeDeliveries()).toEqual(['clusters a c', 'endpoints c', 'routes 80']);
  });

  test('When a certificate changes, then nothing else is sent', async () => {
    const tls = { sds: { name: 'default', sds_config: {} } };
    const resources = { ...resourcesFor(['a']), clusters: [{ ...cluster('a'), ...tls }] };
    await pusher.push({ ...resources, secrets: [secret('default', 'first')] });
    proxy.takeDeliveries();
    await pusher.push({ ...resources, secrets: [secret('default', 'second')] });
    expect(proxy.takeDeliveries()).toEqual(['secrets default']);
  });

  test('When it is stopped, then the current push ends', async () => {
    proxy.hold('clusters');
    const pushed = pusher.push(resourcesFor(['a']));
    await turns();
    pusher.stop();
    await pushed;
    expect(client.offered('clusters').size).toBe(0);
  });
});
