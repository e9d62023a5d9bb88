import { type Service, createService } from '@tuesday/service';
import type { RecommendationsConfig } from './config.ts';
import { connectPurchases } from './purchases.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

/** Recommendations in the version that its configuration names; it listens only when started. */
export function createRecommendations(config: RecommendationsConfig): Service {
  const { rank } = { v1, v2 }[config.version];
  const purchases = connectPurchases(config.databaseUrl);

  return createService({
    config,
    routes: routes({ purchases, rank }),
    ready: () => purchases.ping(),
    stop: () => purchases.close(),
  });
}
