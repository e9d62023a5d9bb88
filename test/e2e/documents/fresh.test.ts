import { readPages } from '../../docs/read/pages.ts';
import { fresh } from '../../docs/run/fresh.ts';
import { planPage } from '../../docs/run/plan.ts';
import { testPlans } from '../../docs/test-plans.ts';

const pages = readPages();
const open = () => fresh(process.env);

testPlans(
  pages,
  pages.map((page) => planPage({ page, place: 'fresh', open })),
);
