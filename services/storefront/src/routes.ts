import { type Callee, type Route, plainRoute, route } from '@tuesday/service';
import { contract } from './contract.ts';
import type { Page } from './page.ts';
import { askRecommendations } from './recommendations.ts';

/** The routes of the storefront: the mesh's policies allow the gateway these and no others. */
export function routes({ page, recommendations }: { page: Page; recommendations: Callee }): Route[] {
  return [
    plainRoute('/', page.document),
    plainRoute('/assets/:file', page.asset),
    route(contract.recommend, askRecommendations(recommendations)),
  ];
}
