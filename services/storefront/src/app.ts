import { createCallee, createService, type Service } from '@tuesday/service';
import type { StorefrontConfig } from './config.ts';
import { createPage } from './page.ts';
import { routes } from './routes.ts';

/** Milliseconds; longer than the mesh's own 800 ms, and the only limit without a mesh. */
const RECOMMENDATIONS_LIMIT_MS = 1_000;

/** The storefront over the page built into `dist` (absolute path); it listens only when started. */
export function createStorefront(config: StorefrontConfig, dist: string): Service {
  const recommendations = createCallee({
    service: 'recommendations',
    baseUrl: config.recommendationsUrl,
    limitMs: RECOMMENDATIONS_LIMIT_MS,
  });
  const page = createPage(dist);
  return createService({
    config,
    routes: routes({ page, recommendations }),
    ready: page.ready,
    stop: () => recommendations.close(),
  });
}
