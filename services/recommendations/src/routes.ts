import { type Route, answer, route } from '@tuesday/service';
import { type Ranking, contract } from './contract.ts';
import type { PurchaseStore } from './purchases.ts';

/** The routes of recommendations. */
export function routes({ purchases, rank }: { purchases: PurchaseStore; rank: Ranking }): Route[] {
  return [
    route(contract.recommend, async ({ query: { sku: basket, limit } }, res) => {
      answer(res, 200, { recommendations: await rank(purchases, { basket, limit }) });
    }),
    route(contract.recordPurchase, async ({ body }, res) => {
      answer(res, 202, { counted: await purchases.record(body) });
    }),
  ];
}
