import { type Callee, type Route, plainRoute, route } from '@tuesday/service';
import { contract } from './contract.ts';
import type { Page } from './page.ts';
import { askRecommendations } from './recommendations.ts';
import type { DemoCustomers } from './session/demo-customers.ts';
import { openSession, signOut } from './session/session.ts';
import type { Tokens } from './session/tokens.ts';

export interface Parts {
  page: Page;
  recommendations: Callee;
  tokens: Tokens;
  demoCustomers: DemoCustomers;
}

/** The routes of the storefront: the mesh's policies allow the gateway these and no others. */
export function routes({ page, recommendations, tokens, demoCustomers }: Parts): Route[] {
  return [
    plainRoute('/', page.document),
    plainRoute('/assets/:file', page.asset),
    route(contract.recommend, askRecommendations(recommendations)),
    route(contract.openSession, openSession(tokens, demoCustomers)),
    route(contract.signOut, signOut),
  ];
}
