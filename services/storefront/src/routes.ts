import type { Callee } from '@tuesday/service';
import { Router } from 'express';
import type { Page } from './page.ts';
import { askRecommendations } from './recommendations.ts';

/** Everything the storefront answers: what the mesh's policies let the gateway ask, and no more. */
export function routes({ page, recommendations }: { page: Page; recommendations: Callee }): Router {
  return Router()
    .get('/', page.document)
    .get('/assets/:file', page.asset)
    .get('/api/recommendations', askRecommendations(recommendations));
}
