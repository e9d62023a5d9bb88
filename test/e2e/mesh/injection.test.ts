import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startShop } from '../../support/shop.ts';

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
