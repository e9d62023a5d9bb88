import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fakeShop } from '../testing/fake-shop.ts';
import { deployment, NOW, pod, split } from '../testing/objects.ts';
import { runCli } from '../testing/run-cli.ts';

const objects = [
  pod('billing', 'v1'),
  pod('checkout', 'v2', { ready: false, restarts: 3 }),
  deployment('billing', 'v1'),
  split('recommendations', 90, 10),
];

async function get(...words: string[]) {
  await using shop = await fakeShop({}, objects);
  return await runCli({ state: shop.state, now: NOW }, 'get', ...words);
}

test('When pods are listed, then the table is the one of kubectl', async () => {
  expect((await get('pods')).out).toBe(
    `NAME                          READY   STATUS    RESTARTS   AGE
billing-v1-7d9c4b8f6-x2x9k    1/1     Running   0          5m
checkout-v2-7d9c4b8f6-x2x9k   0/1     Running   3          5m
`,
  );
});

test('When several kinds are listed, then names carry their kind', async () => {
  expect((await get('deploy,vs')).out).toBe(
    `NAME                         READY   UP-TO-DATE   AVAILABLE   AGE
deployment.apps/billing-v1   1/1     1            1           5m

NAME                                                 GATEWAYS   HOSTS                 AGE
virtualservice.networking.istio.io/recommendations              ["recommendations"]   5m
`,
  );
});

test('When -A and -o wide are given, then there are more columns', async () => {
  const { out } = await get('po', '-A', '-l', 'app=billing', '-o', 'wide');
  expect(out.split('\n')[0]).toMatch(/^NAMESPACE +NAME .* AGE +IP +NODE +NOMINATED NODE +READINESS GATES$/);
  expect(out.split('\n')[1]).toMatch(/^shop +billing-v1-\S+ .* 127\.0\.0\.1 +local +<none> +<none>$/);
});

test('When -o name is given, then only names are printed', async () => {
  expect((await get('pods,deploy', '-l', 'app=billing', '-o', 'name')).out).toBe(
    'pod/billing-v1-7d9c4b8f6-x2x9k\ndeployment.apps/billing-v1\n',
  );
});

test('When one object is printed as data, then it is what a cluster would give', async () => {
  const json = JSON.parse((await get('deploy', 'billing-v1', '-o', 'json')).out);
  const yaml = parse((await get('deploy/billing-v1', '-o', 'yaml')).out);
  expect(json).toEqual(yaml);
  expect(json).toMatchObject({ kind: 'Deployment', metadata: { name: 'billing-v1' } });
  expect(json).not.toHaveProperty('source');
});

test('When several are printed as data, then they are a List', async () => {
  expect(JSON.parse((await get('pods', '-o', 'json')).out)).toMatchObject({
    kind: 'List',
    items: [{ kind: 'Pod' }, { kind: 'Pod' }],
  });
});

test('When nothing is found, then stderr says so and the exit code is 0', async () => {
  expect(await get('pods', '-l', 'app=none')).toEqual({
    code: 0,
    out: '',
    err: 'No resources found in shop namespace.\n',
  });
});

test.each([
  [['pod', 'x'], 'Error from server (NotFound): pods "x" not found\n'],
  [['deploy', 'x'], 'Error from server (NotFound): deployments.apps "x" not found\n'],
  [['podz'], 'error: the server doesn\'t have a resource type "podz". Did you mean "pod"?\n'],
  [['pod', 'x', '-A'], 'error: a resource cannot be retrieved by name across all namespaces\n'],
])('When `get %j` cannot be answered, then the sentence is kubectl’s', async (words, err) => {
  expect(await get(...words)).toEqual({ code: 1, out: '', err });
});

test('When no shop runs, then one sentence says how to start one', async () => {
  const ran = await runCli({ state: '/nowhere' }, 'get', 'pods');
  expect(ran).toEqual({ code: 1, out: '', err: 'The shop is not running. Start it with: npm start\n' });
});

test('When a command is mistyped, then the nearest one is named', async () => {
  const { code, err } = await runCli({ state: '/nowhere' }, 'gett', 'pods');
  expect([code, err]).toEqual([1, "error: unknown command 'gett'\n(Did you mean get?)\n"]);
});
