import { expect, test } from '@jest/globals';
import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { seconds } from '../options.ts';
import { fakeShop, type Reply, type Routes } from '../testing/fake-shop.ts';
import { deployment, pod } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

const ref = { kind: 'VirtualService', namespace: 'shop', name: 'recommendations' };

async function shopThat(routes: Routes) {
  return fakeShop(routes, [deployment('billing', 'v1'), pod('billing', 'v1')]);
}

test('When a file is applied, then its text is sent and kubectl’s line is printed, warnings apart', async () => {
  const warning = 'my.yaml:11: DestinationRule recommendations has no subset "v3".';
  await using shop = await shopThat({
    'POST /apply': { json: { changes: [{ ref, change: 'configured' }], warnings: [warning] } },
  });
  const file = join(await mkdtemp(join(tmpdir(), 'tuesday-cli-')), 'my.yaml');
  await writeFile(file, 'kind: VirtualService\n');
  const ran = await runCli(shop, 'apply', '-f', file);
  expect(ran).toEqual({
    code: 0,
    out: 'virtualservice.networking.istio.io/recommendations configured\n',
    err: `Warning: ${warning}\n`,
  });
  const sent = { name: file, path: await realpath(file), text: 'kind: VirtualService\n' };
  expect(shop.asked[0]?.body).toEqual({ files: [sent], namespace: 'shop' });
});

test('When there is a mesh, then the last line says how many Envoys use the change; one that does not is a warning', async () => {
  const mesh = { sidecars: 9, ms: 38, rejected: [], late: [] };
  const bad = { ...mesh, sidecars: 7, rejected: [{ pod: 'a', reason: 'no such field' }], late: ['b'] };
  const reason = 'no such field.';
  const worse = {
    ...mesh,
    sidecars: 1,
    rejected: [
      { pod: 'a', reason },
      { pod: 'c', reason },
    ],
  };
  const answers = [mesh, bad, worse];
  await using shop = await shopThat({
    'POST /apply': () => ({
      json: {
        changes: [{ ref, change: 'configured', source: { file: 'my.yaml', line: 9 } }],
        warnings: [],
        mesh: answers.shift(),
      },
    }),
  });
  const apply = () => runCli({ state: shop.state, stdin: 'kind: VirtualService\n' }, 'apply', '-f', '-');
  expect(await apply()).toEqual({
    code: 0,
    out: 'virtualservice.networking.istio.io/recommendations configured      9 sidecars acknowledged in 38 ms\n',
    err: '',
  });
  const refused = await apply();
  expect(refused.code).toBe(1);
  expect(refused.err).toBe(
    'Warning: my.yaml:9: the Envoy of a refused it and keeps what it had: no such field. Correct it and apply it again.\n' +
      'Warning: the Envoy of b has not answered yet\n',
  );
  const by = await apply();
  expect(by.out).toMatch(/ 1 sidecar acknowledged in 38 ms\n$/);
  expect(by.err).toBe(
    'Warning: my.yaml:9: 2 Envoys refused it and keep what they had: no such field. They are those of a, c. Correct it and apply it again.\n',
  );
  expect(answers).toEqual([]);
});

test('When weights do not add up to 100, then the line says what share they are', async () => {
  const note = '9:1, that is 90 % v1, 10 % v2';
  await using shop = await shopThat({
    'POST /apply': { json: { changes: [{ ref, change: 'configured', note }], warnings: [] } },
  });
  const { out } = await runCli({ state: shop.state, stdin: 'kind: VirtualService\n' }, 'apply', '-f', '-');
  expect(out).toBe(`virtualservice.networking.istio.io/recommendations configured      ${note}\n`);
});

test('When - is applied, then standard input is sent', async () => {
  await using shop = await shopThat({ 'POST /apply': { json: { changes: [], warnings: [] } } });
  await runCli({ state: shop.state, stdin: 'kind: Service\n' }, 'apply', '-f', '-', '-n', 'learner-07');
  expect(shop.asked[0]?.body).toEqual({ files: [{ name: 'STDIN', text: 'kind: Service\n' }], namespace: 'learner-07' });
});

test('When a kustomization is rejected, then its files are named relative to the current folder', async () => {
  const reply: Reply = { status: 422, json: { error: `${resolve('k8s/x.yaml')}:3: is wrong. Nothing was changed.` } };
  await using shop = await shopThat({ 'POST /apply': reply });
  const ran = await runCli(shop, 'apply', '-k', 'k8s');
  expect(ran).toEqual({ code: 1, out: '', err: 'k8s/x.yaml:3: is wrong. Nothing was changed.\n' });
  expect(shop.asked[0]?.body).toEqual({ kustomization: resolve('k8s'), namespace: 'shop' });
});

test.each([
  [[], 'error: must specify one of -f and -k\n'],
  [['-f', 'a.yaml', '-k', 'b'], 'error: only one of -f or -k can be specified\n'],
  [['-f', 'none.yaml'], 'none.yaml: cannot be read: no such file or folder. Nothing was changed.\n'],
  [['-f', '-'], 'error: no objects passed to apply: standard input is empty\n'],
])('When `apply %j` cannot be read, then one sentence says why', async (words, err) => {
  expect(await runCli({ state: '/nowhere' }, 'apply', ...words)).toEqual({ code: 1, out: '', err });
});

test('When objects are deleted by name, then the missing ones are named', async () => {
  const gone = { ref: { kind: 'Pod', namespace: 'shop', name: 'a' }, change: 'deleted' };
  await using shop = await shopThat({ 'POST /delete': { json: { changes: [gone], warnings: [] } } });
  const ran = await runCli(shop, 'delete', 'pod', 'a', 'b');
  expect(ran).toEqual({ code: 1, out: 'pod "a" deleted\n', err: 'Error from server (NotFound): pods "b" not found\n' });
  expect((await runCli(shop, 'delete', 'pod', 'a', 'b', '--ignore-not-found')).code).toBe(0);
});

test('When a deployment is scaled and restarted, then the runner gets the requests and kubectl’s lines are printed', async () => {
  const status = [
    'Waiting for deployment "billing-v1" rollout to finish …',
    'deployment "billing-v1" successfully rolled out',
  ];
  await using shop = await shopThat({
    'POST /scale': { json: {} },
    'POST /rollout/restart': { json: {} },
    'GET /rollout/status': () => ({ json: { message: status.shift(), done: status.length === 0 } }),
  });
  const scaled = await runCli(shop, 'scale', 'deploy/billing-v1', '--replicas=2');
  const restarted = await runCli(shop, 'rollout', 'restart', 'deployment', 'billing-v1');
  const waited = await runCli(shop, 'rollout', 'status', 'deploy/billing-v1');
  expect([scaled.out, restarted.out]).toEqual([
    'deployment.apps/billing-v1 scaled\n',
    'deployment.apps/billing-v1 restarted\n',
  ]);
  expect(waited.out).toBe(
    'Waiting for deployment "billing-v1" rollout to finish …\ndeployment "billing-v1" successfully rolled out\n',
  );
  expect(shop.asked.find(({ path }) => path === '/scale')?.body).toEqual({
    ref: { kind: 'Deployment', name: 'billing-v1', namespace: 'shop' },
    replicas: 2,
  });
});

test('When a rollout has exceeded its deadline, then the command fails with kubectl’s sentence', async () => {
  const message = 'deployment "billing-v1" exceeded its progress deadline';
  await using shop = await shopThat({ 'GET /rollout/status': { json: { message, done: false, failed: true } } });
  expect(await runCli(shop, 'rollout', 'status', 'deploy/billing-v1')).toEqual({
    code: 1,
    out: '',
    err: 'error: deployment "billing-v1" exceeded its progress deadline\n',
  });
});

test('When a rollout does not end, then the command stops waiting', async () => {
  await using shop = await shopThat({ 'GET /rollout/status': { json: { message: 'Waiting', done: false } } });
  const ran = await runCli(shop, 'rollout', 'status', 'deploy/billing-v1', '--timeout', '1');
  expect(ran).toEqual({ code: 1, out: 'Waiting\n', err: 'error: timed out waiting for the condition\n' });
});

test.each([
  ['90', 90],
  ['90s', 90],
  ['3m', 180],
  ['1h2m3s', 3_723],
])('When a duration is %s, then it is %d seconds', (text, expected) => {
  expect(seconds(text)).toBe(expected);
});

test.each([[''], ['0s'], ['soon'], ['-5s'], ['1.5s']])('When a duration is "%s", then it is refused', (text) => {
  expect(() => seconds(text)).toThrow('It must be a duration such as 90s or 3m.');
});

test.each([['-1'], ['two'], ['1.5']])('When replicas are "%s", then nothing is sent', async (replicas) => {
  await using shop = await shopThat({ 'POST /scale': { json: {} } });
  const { code, err } = await runCli(shop, 'scale', 'deploy/billing-v1', `--replicas=${replicas}`);
  expect([code, shop.asked]).toEqual([1, []]);
  expect(err).toMatch(/whole number, at least 0/);
});

test('When a pod’s Envoy is killed, then the request names it, and an unknown container is rejected', async () => {
  const path = '/pods/shop/billing-v1-7d9c4b8f6-x2x9k/kill';
  await using shop = await shopThat({ [`POST ${path}`]: { json: { killed: 812 } } });
  await runCli(shop, 'kill', 'deploy/billing-v1', '-c', 'billing');
  expect(shop.asked.at(-1)?.body).toEqual({ signal: 'SIGKILL', container: 'billing' });
  expect((await runCli(shop, 'kill', 'deploy/billing-v1', '-c', 'istio-proxy')).err).toMatch(
    /container istio-proxy is not valid/,
  );
});

test('When a pod is killed by its deployment’s name, then the signal goes to its pod', async () => {
  const path = '/pods/shop/billing-v1-7d9c4b8f6-x2x9k/kill';
  await using shop = await shopThat({ [`POST ${path}`]: { json: { killed: 812 } } });
  const ran = await runCli(shop, 'kill', 'deploy/billing-v1', '--signal', 'term');
  expect(ran.out).toBe('pod/billing-v1-7d9c4b8f6-x2x9k got SIGTERM (pid 812)\n');
  expect(shop.asked.at(-1)?.body).toEqual({ signal: 'SIGTERM' });
  expect((await runCli(shop, 'kill', 'deploy/billing-v1', '--signal', 'boo')).err).toMatch(/unknown signal "boo"/);
});
