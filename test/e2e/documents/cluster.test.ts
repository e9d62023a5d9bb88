import { afterAll } from '@jest/globals';
import { readHelps } from '../../docs/read/helps.ts';
import { readPages } from '../../docs/read/pages.ts';
import { groundsOf } from '../../docs/run/grounds.ts';
import { planHelp, planPage } from '../../docs/run/plan.ts';
import { testPlans } from '../../docs/test-plans.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const place = 'cluster';
const { [place]: open } = groundsOf(async () => shop, process.env);
const pages = readPages();
const helps = readHelps(pages);

testPlans(
  [...pages, ...helps],
  [...pages.map((page) => planPage({ page, place, open })), ...helps.map((page) => planHelp({ page, place, open }))],
);
