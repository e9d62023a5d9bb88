import { afterAll, afterEach, expect, test } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buy, purchase } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLocalShop } from '../support/shared-shop.ts';

const shop = await sharedLocalShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

test('When pods are listed, then the table is the same as kubectl’s', async () => {
  const table = await shop.command('get', 'pods');
  expect(table).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\n/);
  expect(table).toMatch(/^checkout-v1-[a-z0-9]+-[a-z0-9]{5} +2\/2 +Running +\d+( \(\S+ ago\))? +\d+[smh]\S*$/m);
  expect(JSON.parse(await shop.command('get', 'deployment', 'billing-v1', '-o', 'json'))).toMatchObject({
    kind: 'Deployment',
    metadata: { name: 'billing-v1' },
  });
});

test('When a file is not valid, then one message says where and nothing changes', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'tuesday-bad-')), 'my.yaml');
  await writeFile(
    file,
    'apiVersion: v1\nkind: Service\nmetadata: { name: billing }\nspec:\n  selektor: { app: billing }\n  ports: [{ port: 80 }]\n',
  );
  const before = await shop.command('get', 'service', 'billing', '-o', 'yaml');
  await expect(shop.apply(file)).rejects.toThrow(
    /my\.yaml:5: "selektor".*Did you mean "selector"\? Nothing was changed\./,
  );
  expect(await shop.command('get', 'service', 'billing', '-o', 'yaml')).toBe(before);
});

test('When a pod is killed by the name of its workload, as in the README, then it restarts', async () => {
  const own = async () => (await shop.pods()).filter(({ name }) => name.startsWith('checkout-v1-'));
  const [before] = await own();
  expect(await shop.command('kill', 'checkout-v1')).toMatch(/^pod\/checkout-v1-\S+ got SIGKILL \(pid \d+\)\n$/);
  const pods = await eventually(async () => {
    const all = await own();
    return all.every(({ restarts, ready }) => restarts === before!.restarts + 1 && ready) && all;
  });
  expect(pods).toHaveLength(1);
});

test('When a deployment is scaled, then that many pods are ready', async () => {
  await shop.command('scale', 'deployment/checkout-v1', '--replicas=2');
  await shop.command('rollout', 'status', 'deployment/checkout-v1');
  expect((await shop.pods()).filter((pod) => pod.name.startsWith('checkout-v1-') && pod.ready)).toHaveLength(2);
  expect((await buy(shop.url, purchase())).status).toBe(201);
});

test('When a container is killed, then the pod keeps its name and counts a restart', async () => {
  const pod = (await shop.pods()).find(({ labels }) => labels['app'] === 'recommendations')!;
  await shop.command('kill', pod.name);
  const after = await eventually(async () =>
    (await shop.pods()).find(
      ({ name, restarts, ready }) => name === pod.name && restarts === pod.restarts + 1 && ready,
    ),
  );
  expect(after.name).toBe(pod.name);
});

test('When a pod is deleted, then another one replaces it', async () => {
  const pod = (await shop.pods()).find(({ labels }) => labels['app'] === 'storefront')!;
  expect(await shop.command('delete', 'pod', pod.name)).toMatch(`pod "${pod.name}" deleted`);
  await eventually(async () =>
    (await shop.pods()).some(({ name, labels, ready }) => labels['app'] === 'storefront' && name !== pod.name && ready),
  );
});

test('When commands inspect the shop, then each answers', async () => {
  const pod = (await shop.pods()).find(({ labels }) => labels['app'] === 'billing')!.name;
  expect(await shop.command('logs', pod, '--tail', '5')).toMatch(/"level"/);
  expect(await shop.command('describe', 'pod', pod)).toMatch(/billing/);
  const script = 'fetch("http://recommendations/recommendations?sku=tent-2p").then(r=>console.log(r.status))';
  const storefront = (await shop.pods()).find(({ labels }) => labels['app'] === 'storefront')!.name;
  expect(await shop.command('exec', storefront, '--', 'node', '-e', script)).toBe('200\n');
  // The mesh applies to an exec in a pod too: billing may not call recommendations.
  expect(await shop.command('exec', pod, '--', 'node', '-e', script)).toBe('403\n');
  expect(await shop.command('status')).toMatch(/localhost/);
  expect(await shop.command('top')).toMatch(/billing/);
  expect(await shop.command('trace', 'last')).toMatch(/^Trace [0-9a-f]{32}/m);
  expect(await shop.command('traffic', '--requests', '200')).toMatch(/recommendations v2/);
});
