import { afterAll, afterEach, expect, test } from '@jest/globals';
import { startShop } from '../../support/shop.ts';
import { splitOf } from '../../support/split.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
afterEach(() => shop.reset());

const FILE = 'test/e2e/lessons/mutant-regex.yaml';
const split = () => splitOf(`${shop.url}/api/recommendations?sku=tent-2p`, 40);

test('When a regular expression is refused, then apply fails each time, nothing changes, and no request fails meanwhile', async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const load = split();
    await expect(shop.apply(FILE)).rejects.toThrow(/1001/);
    expect((await load).failed).toBe(0);
  }
  const { versions, failed } = await split();
  expect([versions['v1']! > 0, failed]).toEqual([true, 0]);
  const shown = await shop.command('get', 'virtualservice', 'recommendations', '-n', 'shop', '-o', 'json');
  expect(shown).not.toContain('1001');
}, 120_000);
