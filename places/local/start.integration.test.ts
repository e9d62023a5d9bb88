import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startRunner } from './start.ts';
import { eventually } from '../../test/support/eventually.ts';
import { STUB_IMAGES } from './testing/images.ts';
import { deployment, overlay, service } from './testing/manifests.ts';
import { type TestRunner, startTestRunner } from './testing/runner.ts';

const CALL = (url: string) => `/call?url=${encodeURIComponent(url)}`;
let shop: TestRunner;
beforeAll(async () => {
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: words }\ndata: { GREETING: hello }\n';
  const web = deployment({ app: 'web', container: '          envFrom: [{ configMapRef: { name: words } }]\n' });
  const documents = [config, web, service('web'), deployment({ app: 'api', replicas: 2 }), service('api')];
  shop = await startTestRunner(documents);
}, 30_000);
afterAll(async () => shop[Symbol.asyncDispose]());

const podsOf = (app: string) => shop.runner.pods.all().filter((pod) => pod.labels['app'] === app);
const readyOf = (app: string) => podsOf(app).filter((pod) => pod.ready);

test('When pods run, then each has the environment of its manifest and the name a ReplicaSet would give it', async () => {
  const who = await shop.pod<{ pod: string; version: string }>('web', '/who');
  expect(who).toMatchObject({ pod: podsOf('web')[0]!.name, version: 'v1' });
  expect(who.pod).toMatch(/^web-v1-[a-z0-9]{6,10}-[a-z0-9]{5}$/);
  expect(await shop.pod('web', '/env?name=GREETING')).toEqual({ value: 'hello' });
});

test('When a pod calls a Service by its name, then each of its ready pods answers some of the calls', async () => {
  const seen = new Set<string>();
  await eventually(async () => {
    const { body } = await shop.pod<{ body: string }>('web', CALL('http://api/who'));
    seen.add((JSON.parse(body) as { pod: string }).pod);
    return seen.size === 2;
  });
  expect([...seen].sort()).toEqual(
    podsOf('api')
      .map(({ name }) => name)
      .sort(),
  );
});

test('When a container is killed, then its endpoint is removed at once, and it is restarted in the same pod', async () => {
  const [pod] = readyOf('web');
  const endpoints = () =>
    (
      JSON.parse(readFileSync(join(shop.state, 'endpoints.json'), 'utf8')) as {
        services: Record<string, { ports: object }>;
      }
    ).services['shop/web']!.ports;
  expect(endpoints()).toEqual({ 80: [pod!.ports.get(8080)] });
  const { body } = await shop.ask<{ killed: number }>(`POST /pods/shop/${pod!.name}/kill`, { signal: 'SIGKILL' });
  await eventually(() => JSON.stringify(endpoints()) === '{"80":[]}');
  await eventually(() => pod!.ready);
  expect(pod).toMatchObject({ restarts: 1, reason: 'Running' });
  expect((await shop.pod<{ pid: number }>('web', '/who')).pid).not.toBe(body.killed);
});

test('When a pod is deleted, then another one with another name becomes ready', async () => {
  const [pod] = readyOf('web');
  const { body } = await shop.ask<{ changes: object[] }>('POST /delete', {
    refs: [{ kind: 'Pod', namespace: 'shop', name: pod!.name }],
  });
  expect(body.changes).toMatchObject([{ change: 'deleted', ref: { name: pod!.name } }]);
  await eventually(() => readyOf('web').some(({ name }) => name !== pod!.name));
  await eventually(() => podsOf('web').length === 1);
});

test('When a rollout is restarted, then at least one pod is always ready, and only new ones are left', async () => {
  const before = podsOf('api').map(({ name }) => name);
  const ref = { kind: 'Deployment', namespace: 'shop', name: 'api-v1' };
  let fewest = Infinity;
  const watch = setInterval(() => (fewest = Math.min(fewest, readyOf('api').length)), 2);
  await shop.ask('POST /rollout/restart', { ref });
  const asked = `GET /rollout/status?kind=Deployment&namespace=shop&name=api-v1`;
  expect((await shop.ask<{ message: string }>(asked)).body.message).toMatch(/^Waiting for deployment "api-v1" rollout/);
  await eventually(async () => (await shop.ask<{ done: boolean }>(asked)).body.done);
  clearInterval(watch);
  expect(fewest).toBe(2);
  expect(podsOf('api')).toHaveLength(2);
  expect(podsOf('api').filter(({ name }) => before.includes(name))).toEqual([]);
}, 20_000);

test('When a deployment is scaled to 0 and back, then its callers are refused and then served again', async () => {
  const ref = { kind: 'Deployment', namespace: 'shop', name: 'api-v1' };
  await shop.ask('POST /scale', { ref, replicas: 0 });
  await eventually(() => podsOf('api').length === 0);
  expect(await shop.pod('web', CALL('http://api/who'))).toEqual({ code: 'ECONNREFUSED' });
  await shop.ask('POST /scale', { ref, replicas: 2 });
  await eventually(() => readyOf('api').length === 2);
  expect(await shop.pod('web', CALL('http://api/who'))).toMatchObject({ status: 200 });
});

test('When an image has no program, then apply names file and line and changes nothing', async () => {
  const text = deployment({ app: 'other', image: 'nginx:1' });
  const { status, body } = await shop.ask<{ error: string }>('POST /apply', {
    files: [{ name: 'my.yaml', text }],
    namespace: 'shop',
  });
  expect(status).toBe(422);
  expect(body.error).toMatch(
    /^my\.yaml:14: no program runs locally for the image nginx:1: places\/local\/programs\/image-table\.ts has .*postgres.* Nothing was changed\.$/,
  );
  expect(podsOf('other')).toEqual([]);
});

test('When a manifest is applied and deleted, then its pods start and stop, and their logs can be read', async () => {
  const files = [{ name: 'more.yaml', text: deployment({ app: 'more' }) }];
  const { body } = await shop.ask<{ changes: object[] }>('POST /apply', { files, namespace: 'shop' });
  expect(body.changes).toMatchObject([{ ref: { kind: 'Deployment', name: 'more-v1' }, change: 'created' }]);
  const pod = await eventually(() => readyOf('more')[0]);
  const log = await eventually(
    async () => (await shop.ask<string>(`GET /pods/shop/${pod.name}/log`)).body || undefined,
  );
  expect(log).toBe('listening on 8080\n');
  await shop.ask('POST /delete', { files, namespace: 'shop' });
  await eventually(() => podsOf('more').length === 0);
});

test('When the runner lists objects, then the running pods are among them in the shapes of Kubernetes', async () => {
  const { body } = await shop.ask<object[]>('GET /resources?kind=Pod&namespace=shop');
  expect(body).toHaveLength(3);
  expect(body[0]).toMatchObject({
    kind: 'Pod',
    spec: { nodeName: 'local' },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const { body: workload } = await shop.ask<object[]>('GET /resources?kind=Deployment&name=api-v1');
  expect(workload).toMatchObject([
    { status: { replicas: 2, readyReplicas: 2 }, source: { file: expect.stringMatching(/all\.yaml$/) } },
  ]);
});

test('When usage is requested, then each pod has its own memory, less than the whole', async () => {
  const { body: pods } = await shop.ask<{ pod: string; pss: number }[]>('GET /top');
  const { body: all } = await shop.ask<{ pss: number }>('GET /memory');
  const sum = pods.reduce((total, { pss }) => total + pss, 0);
  expect(pods).toHaveLength(3);
  expect(Math.min(...pods.map(({ pss }) => pss))).toBeGreaterThan(1e6);
  expect(all.pss).toBeGreaterThan(sum);
  expect((await shop.ask('GET /status')).body).toMatchObject({ readyMs: shop.runner.readyMs });
});

test('When a second runner starts on the same folder, then one sentence names the first, which continues', async () => {
  const second = startRunner({
    ...overlay([deployment()]),
    state: shop.state,
    port: 0,
    namespace: 'shop',
    onProgress: () => undefined,
    images: STUB_IMAGES,
  });
  await expect(second).rejects.toThrow(
    new RegExp(
      `^The shop already runs \\(pid ${process.pid}, since \\d\\d:\\d\\d\\) at http://localhost:\\d+\\. Stop it with: npx tuesday down$`,
    ),
  );
  expect(await shop.pod('web', '/who')).toMatchObject({ version: 'v1' });
});

test('When everything stops, then preStop sleeps are skipped, also those that have begun', async () => {
  const slow = deployment({ container: '          lifecycle: { preStop: { sleep: { seconds: 20 } } }\n' });
  const one = await startTestRunner([slow]);
  const [pod] = one.runner.pods.all();
  one.runner.pods.remove(pod!);
  await wait(50);
  expect(pod).toMatchObject({ reason: 'Terminating', ready: false });
  const began = performance.now();
  await one[Symbol.asyncDispose]();
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('When a pod can never start, then the start fails with its reason, and no process is left', async () => {
  const lost = deployment({ container: '          envFrom: [{ secretRef: { name: nowhere } }]\n' });
  const sentence = expect.stringMatching(/^web-v1-\S+ cannot start: there is no Secret nowhere$/);
  await expect(startTestRunner([lost])).rejects.toMatchObject({ name: 'Failure', message: sentence });
});
