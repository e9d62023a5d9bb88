import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isAlive } from '../../../setup/processes/signal.mjs';
import { eventually } from '../../../test/support/eventually.ts';
import { deployment, service } from '../testing/manifests.ts';
import { INJECTED, gatewayTo, outside, testEnvoy } from '../testing/mesh.ts';
import { type TestRunner, startTestRunner } from '../testing/runner.ts';

let shop: TestRunner;
beforeAll(async () => {
  const documents = [
    INJECTED,
    deployment({ app: 'web' }),
    service('web'),
    deployment({ app: 'api' }),
    service('api'),
    outside(deployment({ app: 'stranger' })),
    gatewayTo('web'),
  ];
  shop = await startTestRunner(documents, testEnvoy());
}, 60_000);
afterAll(async () => shop?.[Symbol.asyncDispose]());

const CALL = (url: string) => `/call?url=${encodeURIComponent(url)}`;
const podOf = (app: string) =>
  shop.runner.pods.all().find((pod) => pod.labels['app'] === app && pod.reason !== 'Terminating')!;
const call = (from: string, url: string) =>
  shop.pod<{ status?: number; code?: string; body?: string }>(from, CALL(url));
/** Whether api answers web so; a pod that is ready again is known to its callers one push later. */
const answers = (status: number) => async () => (await call('web', 'http://api/who')).status === status;
const through = () =>
  fetch(`${shop.runner.url}/who`).then(
    (answer) => answer.status,
    (error: Error) => error.message,
  );
const statuses = async (app: string) => {
  const { body } = await shop.ask<
    { status: { containerStatuses: { name: string; ready: boolean; restartCount: number }[] } }[]
  >(`GET /resources?kind=Pod&name=${podOf(app).name}`);
  return body[0]!.status.containerStatuses.map(({ name, ready, restartCount }) => [name, ready, restartCount]);
};

test('When pods run, then an injected one has two containers, a gateway and one outside the mesh have one', async () => {
  expect(await statuses('web')).toEqual([
    ['app', true, 0],
    ['istio-proxy', true, 0],
  ]);
  expect(await statuses('gateway')).toEqual([['istio-proxy', true, 0]]);
  expect(await statuses('stranger')).toEqual([['app', true, 0]]);
});

test('When a pod of the mesh calls another, or a client calls the gateway, then the request passes both Envoys', async () => {
  expect(await call('web', 'http://api/who')).toMatchObject({ status: 200 });
  expect(await through()).toBe(200);
});

test('When a pod outside the mesh calls into it, then STRICT rejects its plaintext', async () => {
  expect((await call('stranger', 'http://api/who')).code).toMatch(/ECONNRESET|EPIPE/);
});

test('When no Service has the name, then the host is not found, inside the mesh and outside', async () => {
  expect(await call('web', 'http://missing.shop/')).toEqual({ code: 'ENOTFOUND' });
  expect(await call('stranger', 'http://missing/')).toEqual({ code: 'ENOTFOUND' });
});

test('When a policy is applied, then the answer says how many Envoys use it, and it is enforced', async () => {
  const text = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: missing }\nspec: {}\n';
  const files = [{ name: 'missing.yaml', text }];
  const { body } = await shop.ask('POST /apply', { files, namespace: 'shop' });
  expect(body).toMatchObject({ mesh: { sidecars: 3, rejected: [], late: [] } });
  // An Envoy that has agreed still lets the connections of before end.
  await eventually(answers(403));
  await shop.ask('POST /delete', { files, namespace: 'shop' });
  await eventually(answers(200));
});

test('When another program holds the port of a new listener, then the listener gets another one', async () => {
  const blocks = ['web', 'api'].map((app) => podOf(app).proxy!.placement.outboundHttp(80).port);
  // The ports of a pod are taken in turn, so the next one of each is among those behind its first.
  const holders = blocks.flatMap((port) => Array.from({ length: 8 }, (_, index) => port + index));
  const servers = holders.map((port) =>
    createServer()
      .on('error', () => {})
      .listen(port, '127.0.0.1'),
  );
  const port = 8123;
  const { body } = await shop.ask('POST /apply', {
    files: [{ name: 'more.yaml', text: service('more', port) }],
    namespace: 'shop',
  });
  expect(body).toMatchObject({ mesh: { rejected: [], late: [] } });
  const refused = shop.runner.pods.all().map((pod) => pod.proxy?.placement.outboundHttp(port).port);
  expect(refused.filter((one) => holders.includes(one!))).toEqual([]);
  for (const server of servers) server.close();
  await shop.ask('POST /delete', { files: [{ name: 'more.yaml', text: service('more', port) }], namespace: 'shop' });
});

test('When an app is killed, then its pod keeps its Envoy', async () => {
  const pod = podOf('api');
  const before = pod.sidecar!.running!.pid;
  await shop.ask(`POST /pods/shop/${pod.name}/kill`, { signal: 'SIGKILL' });
  await eventually(() => pod.restarts === 1 && pod.ready);
  expect(pod.sidecar!.running!.pid).toBe(before);
  await eventually(answers(200));
});

test('When an Envoy is killed, then its pod is not ready until the next Envoy is, at the same ports', async () => {
  const pod = podOf('api');
  const places = () => JSON.stringify([pod.proxy!.placement.inbound(8080), pod.proxy!.placement.outboundHttp(80)]);
  const [before, app] = [places(), pod.running!.pid];
  await shop.ask(`POST /pods/shop/${pod.name}/kill`, { signal: 'SIGKILL', container: 'istio-proxy' });
  await eventually(() => !pod.ready);
  await eventually(() => pod.ready);
  expect([places(), pod.running!.pid]).toEqual([before, app]);
  expect(await statuses('api')).toEqual([
    ['app', true, 1],
    ['istio-proxy', true, 1],
  ]);
  await eventually(answers(200));
  expect((await shop.ask<string>(`GET /pods/shop/${pod.name}/log?container=istio-proxy`)).body).toMatch(/warning/);
});

test('When a pod is deleted, then its app, its Envoy and their files are removed', async () => {
  const pod = podOf('web');
  const files = [join(shop.state, 'network', `${pod.name}.json`), pod.proxy!.placement.adminSocket];
  expect(files.map((file) => existsSync(file))).toEqual([true, true]);
  const pids = [pod.running!.pid!, pod.sidecar!.running!.pid!];
  await shop.ask('POST /delete', { refs: [{ kind: 'Pod', namespace: 'shop', name: pod.name }] });
  await eventually(() => !shop.runner.pods.find('shop', pod.name));
  expect(files.map((file) => existsSync(file))).toEqual([false, false]);
  expect(pids.map(isAlive)).toEqual([false, false]);
  await eventually(async () => podOf('web')?.ready && (await through()) === 200);
});

test('When the gateway is restarted, then no request through it fails', async () => {
  const answers = new Set<number | string>();
  let over = false;
  const asking = (async () => {
    while (!over) answers.add(await through());
  })();
  const old = podOf('gateway');
  await shop.ask('POST /rollout/restart', { ref: { kind: 'Deployment', namespace: 'shop', name: 'gateway' } });
  await eventually(() => !shop.runner.pods.find('shop', old.name));
  over = true;
  await asking;
  expect([...answers]).toEqual([200]);
});

test('When Services are added and deleted, then the pods of the mesh see it', async () => {
  const files = [{ name: 'other.yaml', text: service('web').replace('name: web', 'name: other') }];
  await shop.ask('POST /apply', { files, namespace: 'shop' });
  expect(await call('api', 'http://other/who')).toMatchObject({ status: 200 });
  const table = JSON.parse(readFileSync(join(shop.state, 'network', `${podOf('api').name}.json`), 'utf8'));
  expect(table.services['shop/other'].ports).toEqual({ 80: [podOf('api').proxy!.placement.outboundHttp(80).port] });
  await shop.ask('POST /delete', { files, namespace: 'shop' });
  expect(await call('api', 'http://other/who')).toEqual({ code: 'ENOTFOUND' });
});
