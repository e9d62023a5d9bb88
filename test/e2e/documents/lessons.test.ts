import { afterAll } from '@jest/globals';
import { readLessons } from '../../docs/read/lessons.ts';
import { groundsOf } from '../../docs/run/grounds.ts';
import { planLesson } from '../../docs/run/plan.ts';
import { testPlans } from '../../docs/test-plans.ts';
import { PLACE, startShop } from '../../support/shop.ts';

const shop = await startShop();
afterAll(() => shop[Symbol.asyncDispose]());
const place = PLACE === 'kubernetes' ? 'cluster' : 'laptop';
const { [place]: open } = groundsOf(async () => shop, process.env);
const lessons = readLessons(place);

testPlans(
  lessons,
  lessons.map((page) => planLesson({ page, place, open })),
);
