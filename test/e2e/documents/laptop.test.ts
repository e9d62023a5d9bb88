import { afterAll, expect, test } from '@jest/globals';
import { readPage } from '../../docs/read/page.ts';
import { readPages } from '../../docs/read/pages.ts';
import { groundsOf } from '../../docs/run/grounds.ts';
import { planPage } from '../../docs/run/plan.ts';
import { testPlans } from '../../docs/test-plans.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const { laptop: open } = groundsOf(async () => shop, process.env);
const pages = readPages();

testPlans(
  pages,
  pages.map((page) => planPage({ page, place: 'laptop', open })),
);

test('When a made-up document leaves half of the requests with v2, then its end fails by name, and the base stands again', async () => {
  const page = readPage('made-up.md', '```sh\nnpx tuesday apply -f istio/canary/50.yaml\n```\n');
  await using plan = planPage({ page, place: 'laptop', open });
  const [block, end] = plan.steps;
  await block!.run();
  await expect(end!.run()).rejects.toThrow(
    'made-up.md does not end at its base: VirtualService shop/recommendations has changed.',
  );
  expect(await shop.command('get', 'vs', 'recommendations', '-o', 'yaml')).toContain('weight: 90');
}, 60_000);
