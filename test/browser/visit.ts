import type { Browser, Page } from 'playwright-core';

/** The sizes and colour schemes in which the page is tested. */
export const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { name: `${colorScheme}-desktop`, colorScheme, viewport: { width: 1280, height: 900 } },
  { name: `${colorScheme}-phone`, colorScheme, viewport: { width: 390, height: 844 } },
]);

/** The page in its own browser profile, with all errors and warnings. */
export interface Visit extends AsyncDisposable {
  page: Page;
  /** Errors and warnings on the console and uncaught exceptions; the browser also reports each 4xx and 5xx answer there. */
  complaints: string[];
  /** Addresses of requests outside the shop's origin (data: URLs do not count). */
  elsewhere: string[];
}

/** Opens the shop as a new customer and waits for the catalogue. */
export async function visit(browser: Browser, url: string, look: Partial<(typeof LOOKS)[number]> = {}): Promise<Visit> {
  const { name: _, ...options } = { ...LOOKS[0], ...look };
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol !== 'data:' && address.origin !== new URL(url).origin) elsewhere.push(request.url());
  });
  await page.goto(url);
  await page.locator('.product').nth(11).waitFor();
  return { page, complaints, elsewhere, [Symbol.asyncDispose]: () => context.close() };
}

/** Puts the first product into the basket and buys it with this payment; returns when the purchase is settled or its outcome is unknown. */
export async function buy(page: Page, payment = 'Visa'): Promise<void> {
  await page
    .getByRole('button', { name: /^Add .* to the basket$/ })
    .first()
    .click();
  await page.getByRole('radio', { name: payment }).check();
  await page.getByRole('button', { name: 'Buy', exact: true }).click();
  await page.locator('.status .note:not(:text("Buying"))').waitFor();
}
