// Renews docs/images/page-*.png: `node test/browser/screenshots.ts [url of a running shop]`; without one it starts the shop itself.
import { fileURLToPath } from 'node:url';
import { startShop } from '../support/shop.ts';
import { launchChromium } from './chromium.ts';
import { buy, LOOKS, visit } from './visit.ts';

const given = process.argv[2];
await using shop = given ? undefined : await startShop();
const browser = await launchChromium();
try {
  for (const look of LOOKS) {
    await using visitor = await visit(browser, shop?.url ?? given ?? '', look);
    await buy(visitor.page);
    await visitor.page
      .getByRole('button', { name: /^Add .* to the basket$/ })
      .nth(1)
      .click();
    await visitor.page.locator('.basket .suggestions').waitFor();
    await visitor.page.evaluate(() => window.scrollTo(0, 0));
    const path = fileURLToPath(new URL(`../../docs/images/page-${look.name}.png`, import.meta.url));
    await visitor.page.screenshot({ path, fullPage: true });
    console.log(path);
  }
} finally {
  await browser.close();
}
