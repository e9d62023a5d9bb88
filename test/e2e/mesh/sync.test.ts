import { afterAll, expect, test } from '@jest/globals';
import { startShop } from '../../support/shop.ts';
import { splitOf } from '../../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());

/** How many of 40 requests after `change` the old version still answered. */
async function late(change: (file: string) => Promise<unknown>, [file, version]: readonly [string, string]) {
  await change(file);
  return 40 - (await splitOf(`${shop.url}/api/recommendations?sku=tent-2p`, 40)).versions[version]!;
}
const THERE = ['istio/canary/100.yaml', 'v2'] as const;
const BACK = ['istio/canary/0.yaml', 'v1'] as const;
const CHANGES = Array.from({ length: 10 }, (_, index) => (index % 2 ? BACK : THERE));

test('When a test waits for the proxies, then no request uses the old weights; when it does not wait after kubectl, then some do', async () => {
  const [waited, hurried]: number[][] = [[], []];
  for (const change of CHANGES) waited!.push(await late((file) => shop.apply(file), change));
  for (const change of CHANGES) hurried!.push(await late((file) => shop.command('apply', '-f', file), change));
  console.info(`late requests of 40: ${waited} when waited for, ${hurried} right after kubectl`);
  expect(waited!.every((count) => count === 0)).toBe(true);
  expect(hurried!.some((count) => count > 0)).toBe(true);
}, 200_000);
