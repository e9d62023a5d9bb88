import { afterAll, afterEach, expect, test } from '@jest/globals';
import { agrees } from '@tuesday/statistics';
import { PLACE, startShop } from '../../support/shop.ts';
import { SIZE } from '../../support/size.ts';
import { splitOf } from '../../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

test('When the article’s routing files are applied unchanged, then they give 90/10', async () => {
  await shop.apply('istio/canary/50.yaml');
  await shop.apply('istio/article/destination-rule.yaml', 'istio/article/virtual-service.yaml');
  const { versions, failed } = await splitOf(`${shop.url}/api/recommendations?sku=tent-2p`, SIZE.otherSplits);
  console.info(`the article's 90/10: v2 served ${versions['v2']} of ${SIZE.otherSplits}`);
  expect(failed).toBe(0);
  expect(agrees(versions['v2']!, { n: SIZE.otherSplits, p: 0.1 })).toBe(true);
}, 120_000);

const POLICY = 'istio/article/mesh-policy.yaml';

test('When the article’s MeshPolicy is applied, then a current cluster has no such kind, and npx tuesday reads it as a PeerAuthentication', async () => {
  if (PLACE === 'kubernetes') return expect(shop.apply(POLICY)).rejects.toThrow(/no matches for kind "MeshPolicy"/);
  const output = await shop.command('apply', '-f', POLICY);
  expect(output).toMatch(/^peerauthentication.security.istio.io\/default /m);
  expect((await splitOf(`${shop.url}/api/recommendations?sku=tent-2p`, 100)).failed).toBe(0);
}, 60_000);

test('When its current form is applied, then the shop keeps working, because its namespace is already strict', async () => {
  await shop.apply('istio/article/peer-authentication.yaml');
  const { failed } = await splitOf(`${shop.url}/api/recommendations?sku=tent-2p`, 100);
  await shop.delete('istio/article/peer-authentication.yaml');
  expect(failed).toBe(0);
}, 60_000);
