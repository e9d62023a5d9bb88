import { answer, jsonBody, parseBody, parseQuery } from '@tuesday/service';
import { Router } from 'express';
import { type Ranking, purchaseSchema, recommendationsQuery } from './contract.ts';
import type { PurchaseStore } from './purchases.ts';

/** The routes of recommendations: all that the service does. */
export function routes({ purchases, rank }: { purchases: PurchaseStore; rank: Ranking }): Router {
  return Router()
    .get('/recommendations', async function recommend(req, res) {
      const { sku: basket, limit } = parseQuery(recommendationsQuery, req);
      answer(res, 200, { recommendations: await rank(purchases, { basket, limit }) });
    })
    .post('/purchases', jsonBody, async function recordPurchase(req, res) {
      answer(res, 202, { counted: await purchases.record(parseBody(purchaseSchema, req)) });
    });
}
