import { type Callee, type Route, plainRoute, route } from '@tuesday/service';
import { contract } from './contract.ts';
import type { Page } from './page.ts';
import { askRecommendations } from './recommendations.ts';

/** All that the storefront does, and all that the mesh's policies let the gateway call. */
export function routes({ page, recommendations }: { page: Page; recommendations: Callee }): Route[] {
  return [
    plainRoute('/', page.document),
    plainRoute('/assets/:file', page.asset),
    route(contract.recommend, askRecommendations(recommendations)),
  ];
}
