import { afterAll, describe, expect, jest, test } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { startShop } from '../support/shop.ts';
import { SIZE } from '../support/size.ts';
import { launchChromium } from './chromium.ts';
import { buy, LOOKS, visit } from './visit.ts';

jest.setTimeout(90_000);
const [shop, browser] = await Promise.all([startShop(), launchChromium()]);
afterAll(async () => {
  await browser.close();
  await shop[Symbol.asyncDispose]();
});

/** The services of the newest purchase, as `service version`, outermost first. */
const stops = (page: Page) =>
  page
    .locator('.receipts > .receipt [data-service]')
    .evaluateAll((all) =>
      all.map((stop) => `${stop.getAttribute('data-service')} ${stop.getAttribute('data-version') ?? ''}`.trim()),
    );

test('When a customer buys, then the page shows which services answered, and has sent no request elsewhere', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page, complaints, elsewhere } = visitor;
  await buy(page);
  expect(await page.locator('.status').innerText()).toMatch(/^Bought for [\d\s,]+\skr, order [0-9a-f]{8}/);
  expect(await stops(page)).toEqual([
    'gateway',
    'checkout v1',
    expect.stringMatching(/^billing v[12]$/),
    expect.stringMatching(/^recommendations v[12]$/),
  ]);
  const paid = await page.locator('.receipts > .receipt .paid').innerText();
  expect(paid).toMatch((await stops(page)).includes('billing v2') ? /^Paid .* VAT \(25 %\)$/ : /^Paid [\d\s,]+\skr$/);
  const evidence = page.locator('.receipts > .receipt [data-version]');
  for (const text of await evidence.allInnerTexts())
    expect(text).toMatch(
      /\d (ms|s)\n[a-z]+-[a-z0-9-]+\s+(without mTLS: the caller proved no identity|mTLS from spiffe:\/\/[\w./-]+\/sa\/[a-z]+)/,
    );
  expect(await page.locator('.timing').innerText()).toMatch(/checkout/);
  expect(await page.locator('.tally').innerText()).toMatch(/checkout v1\s+2\n/);
  expect(await page.locator('.basket').innerText()).toContain('Nothing in it yet');
  expect([complaints, elsewhere]).toEqual([[], []]);
});

test('When the release switch is on, then checkout v2 answers, and after it is off v1 again', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page } = visitor;
  await page.getByRole('switch', { name: 'release: next' }).check();
  await buy(page);
  expect(await stops(page)).toContain('checkout v2');
  await page.reload();
  expect(await page.getByRole('switch').isChecked()).toBe(true);
  await page.getByRole('switch').uncheck();
  await buy(page);
  expect(await stops(page)).toContain('checkout v1');
  expect(visitor.complaints).toEqual([]);
});

test('When two customers share a browser, then each sees the own purchases only, and no other order', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page, complaints } = visitor;
  const customer = page.getByLabel('Customer');
  const become = async (name: string) => {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/session'));
    await customer.selectOption(name);
    await answered;
  };
  const statusOf = (path: string) => page.evaluate(async (asked) => (await fetch(asked)).status, path);
  await become('ada');
  const answer = page.waitForResponse((one) => one.url().endsWith('/api/checkout'));
  await buy(page);
  const { order } = (await (await answer).json()) as { order: { id: string } };
  expect([await page.locator('.receipt').count(), await statusOf(`/api/orders/${order.id}`)]).toEqual([1, 200]);
  await become('bob');
  await eventually(async () => (await page.locator('.receipt').count()) === 0);
  expect(await statusOf(`/api/orders/${order.id}`)).toBe(404);
  await become('ada');
  await eventually(async () => (await page.locator('.receipt').count()) === 1);
  expect(await statusOf(`/api/orders/${order.id}`)).toBe(200);
  await page.reload();
  await eventually(async () => (await customer.inputValue()) === 'ada');
  await become('someone new');
  await eventually(async () => /^[0-9a-f]{8}-/.test(await customer.inputValue()));
  // The browser complains of the one 404.
  expect(complaints).toEqual([expect.stringContaining('404')]);
  expect(await page.evaluate(() => document.cookie)).not.toContain('session');
});

test('When the gateway refuses the cookie, then the page still loads, and a new session begins', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page } = visitor;
  const domain = new URL(shop.url).hostname;
  await page.context().addCookies([{ name: 'session', value: 'a.b.c', domain, path: '/api', httpOnly: true }]);
  await page.reload();
  await page.getByLabel('Customer').waitFor();
  await buy(page);
  expect(await page.locator('.status').innerText()).toMatch(/^Bought for /);
});

test.each(['Blocked card', 'Empty account'])(
  'When the payment is by %s, then it is declined and the basket stays',
  async (payment) => {
    await using visitor = await visit(browser, shop.url);
    const { page, complaints } = visitor;
    await buy(page, payment);
    expect(await page.locator('.status').innerText()).toMatch(/^Declined: .*Nothing was charged/);
    expect(await page.locator('.receipts .tag').innerText()).toBe('declined');
    expect(await page.locator('.basket .quantity').count()).toBe(1);
    expect(complaints).toEqual([expect.stringContaining('status of 402')]);
  },
);

test('When the outcome is not known, then a repeated request with the same key finds it', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page } = visitor;
  const keys: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/checkout')) keys.push(request.headers()['idempotency-key']);
  });
  await buy(page, 'Slow bank');
  expect(await page.locator('.status').innerText()).toMatch(/^The outcome is not known yet\./);
  expect(await page.getByRole('button', { name: 'Buy', exact: true }).isDisabled()).toBe(true);
  const bought = page.locator('.status .note.good');
  const again = page.getByRole('button', { name: 'Ask again with the same key' });
  await eventually(async () => {
    if (await bought.isVisible()) return true;
    if (await again.isVisible()) await again.click();
    return false;
  });
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
  await buy(page);
  expect(new Set(keys).size).toBe(2);
});

test('When only the keyboard is used, then a purchase is possible and the focus is visible', async () => {
  await using visitor = await visit(browser, shop.url);
  const { page } = visitor;
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const tabTo = (wanted: RegExp) =>
    eventually(async () => {
      if (wanted.test(await focused())) return true;
      await page.keyboard.press('Tab');
      return wanted.test(await focused());
    });
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the basket');
  await tabTo(/^Add .* to the basket$/);
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
  await page.keyboard.press('Enter');
  await tabTo(/^Buy$/);
  await page.keyboard.press('Enter');
  await page.locator('.status .note.good').waitFor();
  expect(await page.locator('.status').getAttribute('aria-live')).toBe('polite');
});

const looks = LOOKS.filter(({ name }) => SIZE.allLooks || ['light-desktop', 'dark-phone'].includes(name));
describe.each(looks)('in $name', (look) => {
  const faults = async (page: Page) => {
    // Evaluated, not added as a script: the page's content security policy blocks foreign scripts.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
    );
  };

  test('When the page is new, or has a confirmed, a declined or an unknown purchase, then axe finds nothing and nothing is wider than the screen', async () => {
    await using visitor = await visit(browser, shop.url, look);
    const { page } = visitor;
    expect(await faults(page)).toEqual([]);
    await buy(page);
    await page.getByRole('switch').check();
    expect(await faults(page)).toEqual([]);
    await buy(page, 'Blocked card');
    await page.getByText('Purchases before it').click();
    expect(await faults(page)).toEqual([]);
    await buy(page, 'Slow bank');
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test('When an accessibility fault is added, then axe finds it', async () => {
    await using visitor = await visit(browser, shop.url, look);
    await visitor.page
      .locator('.product img')
      .first()
      .evaluate((image) => image.removeAttribute('alt'));
    expect(await faults(visitor.page)).toEqual([expect.stringMatching(/^image-alt: /)]);
  });
});
