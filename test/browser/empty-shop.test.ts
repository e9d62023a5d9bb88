import { afterAll, beforeEach, expect, jest, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { buy, purchase } from '../support/customer.ts';
import { startShop } from '../support/shop.ts';
import { launchChromium } from './chromium.ts';
import { visit } from './visit.ts';

jest.setTimeout(90_000);
const [shop, browser] = await Promise.all([startShop(), launchChromium()]);
afterAll(async () => {
  await browser.close();
  await shop[Symbol.asyncDispose]();
});
beforeEach(() => shop.sql('recommendations', 'delete from purchases'));

interface Suggested {
  recommendations: { sku: string; reason: string }[];
  hops: { service: string; version: string }[];
}
const askStorefront = async () => (await (await shop.ask('/api/recommendations?sku=tent-2p')).json()) as Suggested;
const askCheckout = async () => (await buy(shop.url, purchase())).body as unknown as Suggested;

test.each([
  ['storefront', askStorefront],
  ['checkout', askCheckout],
])('When nothing was ever bought and %s asks, then both versions recommend the catalogue', async (_caller, ask) => {
  const answers: Record<string, string[]> = {};
  // A purchase of a tent alone adds nothing that goes with a tent. On a busy machine it may be answered without recommendations.
  await eventually(async () => {
    const { recommendations, hops } = await ask();
    const version = hops.find(({ service }) => service === 'recommendations')?.version;
    if (version) answers[version] = recommendations.map(({ sku, reason }) => `${sku} ${reason}`);
    return answers['v1'] && answers['v2'];
  });
  const first = ['tent-4p', 'sleeping-bag', 'sleeping-mat', 'headlamp'].map((sku) => `${sku} from the catalogue`);
  expect(answers).toEqual({ v1: first, v2: first });
});

test('When nothing was ever bought, then the page shows products of the catalogue, and says so', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page } = visitor;
  await page
    .getByRole('button', { name: /^Add .* to the basket$/ })
    .first()
    .click();
  await page.locator('.basket .suggestions').waitFor();
  const reasons = await page.locator('.basket .suggestions li .quiet').allInnerTexts();
  expect(reasons).toEqual(Array(3).fill('from the catalogue'));
  expect(visitor.complaints).toEqual([]);
});
