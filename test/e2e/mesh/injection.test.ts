import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buy, purchase } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { startShop } from '../../support/shop.ts';
import { repeat } from '../../support/split.ts';

const shop = await startShop();
const callers = ['pod without sidecar', 'uninjected namespace', { account: 'storefront' }] as const;
beforeAll(() => shop.callers.start(...callers), 200_000);
afterAll(async () => {
  await shop.callers.stop(...callers);
  await shop[Symbol.asyncDispose]();
}, 60_000);

interface Pod {
  metadata: { name: string; labels: Record<string, string> };
  spec: { containers: { name: string }[]; initContainers?: { name: string; restartPolicy?: string }[] };
}
const podsOf = async (...words: string[]) =>
  (JSON.parse(await shop.command('get', 'pods', '-o', 'json', ...words)) as { items: Pod[] }).items;
// Since Kubernetes 1.29 a sidecar is an init container that is always restarted.
const hasSidecar = ({ spec: { containers, initContainers = [] } }: Pod) =>
  [...containers, ...initContainers].some(({ name }) => name === 'istio-proxy');

test('When the namespace has istio-injection=enabled, then every pod of the shop has a sidecar, and the gateway is one', async () => {
  const pods = await podsOf('-l', 'app');
  expect(pods.length).toBeGreaterThanOrEqual(9);
  expect(pods.filter((pod) => !hasSidecar(pod)).map(({ metadata }) => metadata.name)).toEqual([]);
});

test('When a pod has sidecar.istio.io/inject: "false", then it starts without a sidecar, and so does a pod of another namespace', async () => {
  const [plain] = await podsOf('-l', 'caller=caller-plain');
  const [outside] = await podsOf('-n', 'outside-the-mesh');
  expect([hasSidecar(plain!), hasSidecar(outside!)]).toEqual([false, false]);
});

const QUESTION = [{ kind: 'http' as const, url: 'http://recommendations.shop/recommendations?sku=tent-2p' }];

test('When a pod without a sidecar calls recommendations, then STRICT resets the connection; an allowed pod with a sidecar gets an answer', async () => {
  const outcomes = await Promise.all(callers.map((caller) => shop.callers.probe(caller, QUESTION)));
  const [plain, outside, meshed] = outcomes.map(([outcome]) => outcome);
  expect([plain!.end, outside!.end]).toEqual(['ECONNRESET', 'ECONNRESET']);
  expect([meshed!.status, JSON.parse(meshed!.text).servedBy.peer]).toEqual([
    200,
    'spiffe://cluster.local/ns/shop/sa/storefront',
  ]);
});

test('When the Namespace no longer asks for sidecars, then running pods keep theirs and customers buy; a new pod has none until it asks again', async () => {
  const [before] = await podsOf('-l', 'app=recommendations,version=v2');
  const replaced = async (old: string, sidecar: boolean) => {
    await shop.command('delete', 'pod', old);
    let name = '';
    await eventually(async () => {
      const pods = await podsOf('-l', 'app=recommendations,version=v2');
      const fresh = pods.find(({ metadata }) => metadata.name !== old);
      name = fresh?.metadata.name ?? '';
      return fresh !== undefined && hasSidecar(fresh) === sidecar;
    }, 60_000);
    return name;
  };
  await shop.apply('test/e2e/lessons/not-injected.yaml');
  let last = '';
  try {
    const answers = await repeat(30, () => buy(shop.url, purchase()));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect((await podsOf('-l', 'app')).filter((pod) => !hasSidecar(pod))).toEqual([]);
    last = await replaced(before!.metadata.name, false);
  } finally {
    await shop.apply('k8s/base/namespace.yaml');
  }
  await replaced(last, true);
  await eventually(async () => (await shop.pods()).every((pod) => pod.ready), 60_000);
}, 240_000);
