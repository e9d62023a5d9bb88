import { afterAll } from '@jest/globals';
import { readHelps } from '../../docs/read/helps.ts';
import { readPages } from '../../docs/read/pages.ts';
import { groundsOf } from '../../docs/run/grounds.ts';
import { planHelp } from '../../docs/run/plan.ts';
import { testPlans } from '../../docs/test-plans.ts';
import { startShop } from '../../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const { laptop: open } = groundsOf(async () => shop, process.env);
const helps = readHelps(readPages());

testPlans(
  helps,
  helps.map((page) => planHelp({ page, place: 'laptop', open })),
);
