import { type Route, answer, route } from '@tuesday/service';
import { fromCatalogue } from './catalogue.ts';
import { type Ranking, contract } from './contract.ts';
import type { PurchaseStore } from './purchases.ts';

/** The routes of recommendations. */
export function routes({ purchases, rank }: { purchases: PurchaseStore; rank: Ranking }): Route[] {
  return [
    route(contract.recommend, async ({ query: { sku: basket, limit } }, res) => {
      const ranked = await rank(purchases, { basket, limit });
      answer(res, 200, { recommendations: ranked.length > 0 ? ranked : fromCatalogue({ basket, limit }) });
    }),
    route(contract.recordPurchase, async ({ body }, res) => {
      answer(res, 202, { counted: await purchases.record(body) });
    }),
  ];
}
