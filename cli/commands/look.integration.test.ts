import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { eventually } from '../../test/support/eventually.ts';
import { fakeShop } from '../testing/fake-shop.ts';
import { deployment, NOW, pod, split } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

const SA = 'spiffe://cluster.local/ns/shop/sa';
const NAME = 'billing-v1-7d9c4b8f6-x2x9k';
const objects = [deployment('billing', 'v1'), pod('billing', 'v1'), split('billing', 99, 1)];
const top = [{ pod: NAME, namespace: 'shop', cpuMillis: 12.4, pss: 40 * 2 ** 20 }];
const status = {
  pid: 4711,
  startedAt: new Date(2026, 10, 24, 10, 31).toISOString(),
  url: 'http://localhost:8080',
  readyMs: 3400,
  overlay: 'k8s/overlays/local',
  warnings: ['a warning'],
  mesh: true,
  sidecars: 9,
};
const routes = { 'GET /status': { json: status }, 'GET /memory': { json: { pss: 412e6 } }, 'GET /top': { json: top } };

test('When the status is asked for, then the screen says where, since when, how much, and what is in force', async () => {
  await using shop = await fakeShop(routes, objects);
  expect((await runCli(shop, 'status')).out)
    .toBe(`  The shop runs (pid 4711, since 10:31), 412 MB.     http://localhost:8080

  WORKLOAD     READY   RESTARTS   MEMORY
  billing-v1   1/1     0          42 MB

  1 VirtualService: in force in 9 Envoys
  Warning: a warning

  Next:  npx tuesday get pods     or stop it: npx tuesday down
`);
  const data = JSON.parse((await runCli(shop, 'status', '-o', 'json')).out);
  expect(data).toMatchObject({
    pid: 4711,
    pss: 412e6,
    workloads: [{ name: 'billing-v1', ready: '1/1', memory: 40 * 2 ** 20 }],
  });
});

test('When orders or events are parked, then the status warns, and its data has the numbers', async () => {
  const text =
    'checkout_parked{kind="order",service="checkout"} 2\ncheckout_parked{kind="event",service="checkout"} 0\n';
  const checkout = createServer((_req, res) => void res.end(text)).listen(0, '127.0.0.1');
  await once(checkout, 'listening');
  const { port } = checkout.address() as { port: number };
  const running = pod('checkout', 'v1');
  const asked = { ...running, status: { ...running.status, podPorts: { 8080: port } } };
  await using shop = await fakeShop(routes, [...objects, asked]);
  expect((await runCli(shop, 'status')).out).toContain(
    'Warning: parked until a person has looked at them: orders that cannot be settled (2), events that cannot be delivered (0).',
  );
  expect(JSON.parse((await runCli(shop, 'status', '-o', 'json')).out)).toMatchObject({
    parked: { order: 2, event: 0 },
  });
  checkout.close();
  checkout.closeAllConnections();
});

test('When usage is asked for, then the columns are those of kubectl top', async () => {
  await using shop = await fakeShop(routes, objects);
  const { out } = await runCli(shop, 'top');
  expect(out).toBe(`NAME                         CPU(cores)   MEMORY(bytes)\n${NAME}   12m          40Mi\n`);
  expect(JSON.parse((await runCli(shop, 'top', '-o', 'json')).out)).toEqual(top);
  expect((await runCli(shop, 'top', 'pod', 'x')).err).toBe('Error from server (NotFound): pods "x" not found\n');
});

const meshed = {
  workloads: [
    { kind: 'Deployment', namespace: 'shop', name: 'billing-v1', identity: `${SA}/billing`, proxy: 'sidecar' },
    { kind: 'Deployment', namespace: 'shop', name: 'billing-v2', identity: `${SA}/billing`, proxy: 'sidecar' },
  ],
  mtls: [
    { mode: 'STRICT', ports: ['billing-v1 8080', 'billing-v2 8080'] },
    { mode: 'DISABLE', ports: ['postgres 5432'] },
  ],
  splits: [{ service: 'billing', shares: { v1: 0.99, v2: 0.01 } }],
  headers: [{ service: 'checkout', subset: 'v2', header: 'x-release', value: 'next' }],
};

test('When there is a mesh, then workloads have identities and sidecars, and one line says what is in force', async () => {
  const all = [{ ...top[0], sidecar: 21 * 10 ** 6 }];
  const answers = { ...routes, 'GET /top': { json: all }, 'GET /mesh': { json: meshed } };
  await using shop = await fakeShop(answers, [
    deployment('billing', 'v1'),
    deployment('billing', 'v2'),
    pod('billing', 'v1'),
  ]);
  const { out } = await runCli(shop, 'status');
  expect(out).toMatch(/WORKLOAD +READY +RESTARTS +MEMORY +IDENTITY +SIDECAR\n/);
  expect(out).toMatch(/billing-v1 +1\/1 +0 +42 MB +spiffe:\/\/cluster\.local\/ns\/shop\/sa\/billing +21 MB\n/);
  expect(out).toMatch(/billing-v2 .* …\/sa\/billing +-\n/);
  expect(out).toMatch(
    /\n {2}mTLS STRICT, DISABLE at postgres 5432 · billing 99 % v1, 1 % v2 · checkout v2 for x-release: next\n/,
  );
  expect((await runCli(shop, 'top')).out).toMatch(/SIDECAR\(bytes\)\n\S+ +12m +40Mi +20Mi\n/);
});

test('When the beginning of a pod’s name is given, then that pod is described', async () => {
  await using shop = await fakeShop({}, objects);
  const { out } = await runCli({ state: shop.state, now: NOW }, 'describe', 'pod', 'billing');
  expect(out).toMatch(new RegExp(`^Name: +${NAME}\nNamespace: +shop\nLabels: +app=billing\n +version=v1\n`));
  expect(out).toMatch(/State: +Running/);
  expect((await runCli(shop, 'describe', 'pod', 'nobody')).err).toBe(
    'Error from server (NotFound): pods "nobody" not found\n',
  );
});

test('When an Istio object is described, then its file is shown, and whether it is in force', async () => {
  let mesh = false;
  await using shop = await fakeShop({ 'GET /status': () => ({ json: { ...status, mesh } }) }, objects);
  const { out } = await runCli(shop, 'describe', 'vs', 'billing');
  expect(out).toMatch(/Source: +istio\/base\/billing\.yaml:2\n/);
  expect(out).toMatch(/In Force: +no: started with --no-mesh\n/);
  mesh = true;
  expect((await runCli(shop, 'describe', 'vs', 'billing')).out).not.toMatch(/In Force/);
  expect(out).toMatch(/weight: 99/);
});

test('When a Secret is described, then its values are not shown', async () => {
  const metadata = { name: 'database', namespace: 'shop' };
  await using shop = await fakeShop({}, [
    { kind: 'Secret', metadata, data: { url: 'aHVudGVyMg==' }, stringData: { user: 'hunter' } },
  ]);
  const { out } = await runCli(shop, 'describe', 'secret', 'database');
  expect(out).toMatch(/Data:\n {2}url: {2}7 bytes\n {2}user: {2}6 bytes\n/);
  expect(out).not.toMatch(/hunter|aHVu/);
});

test('When logs of a deployment are asked for, then its pod’s are printed', async () => {
  await using shop = await fakeShop({ [`GET /pods/shop/${NAME}/log`]: { text: 'one\ntwo\n' } }, objects);
  expect(await runCli(shop, 'logs', 'deploy/billing-v1', '--tail', '2')).toEqual({
    code: 0,
    out: 'one\ntwo\n',
    err: '',
  });
  expect(shop.asked.at(-1)?.query).toEqual({ tail: '2' });
  expect((await runCli(shop, 'logs', NAME, '-c', 'istio-proxy')).err).toBe(
    `error: container istio-proxy is not valid for pod ${NAME}: it has billing\n`,
  );
});

test('When a command runs in a pod, then it has the pod’s environment and its exit code is passed on', async () => {
  const surroundings = { env: { PATH: process.env['PATH'], POD_NAME: NAME, WANTED: '7' }, cwd: process.cwd() };
  await using shop = await fakeShop({ [`GET /pods/shop/${NAME}/exec`]: { json: surroundings } }, objects);
  const ran = await runCli(
    shop,
    'exec',
    NAME,
    '--',
    process.execPath,
    '-e',
    'process.exit(Number(process.env.WANTED))',
  );
  expect(ran).toEqual({ code: 7, out: '', err: 'command terminated with exit code 7\n' });
  const missing = await runCli(shop, 'exec', NAME, '--', 'no-such-program');
  expect([missing.code, missing.err.split('\n')[0]]).toEqual([
    127,
    'error: exec: "no-such-program": executable file not found in $PATH',
  ]);
});

test('When the shop is stopped, then the command returns after it has stopped', async () => {
  await using shop = await fakeShop({ 'POST /down': { status: 202, json: {} }, ...routes });
  const ended = runCli(shop, 'down');
  await eventually(() => shop.asked.some(({ path }) => path === '/down'));
  await shop[Symbol.asyncDispose]();
  expect(await ended).toEqual({ code: 0, out: 'The shop has stopped. Start it with: npm start\n', err: '' });
});

test('When the version is asked for, then it is printed, with a running shop or without', async () => {
  await using shop = await fakeShop(routes, objects);
  expect(await runCli(shop, '--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^tuesday \d+\.\d+\.\d+\n$/),
  });
});
