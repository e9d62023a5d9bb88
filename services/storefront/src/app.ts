import { fileURLToPath } from 'node:url';
import { createCallee, createService, type Service } from '@tuesday/service';
import type { StorefrontConfig } from './config.ts';
import { createPage } from './page.ts';
import { routes } from './routes.ts';
import { createTokens } from './session/tokens.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** The storefront with the page built into `dist` (absolute path); it listens only when started. */
export function createStorefront(config: StorefrontConfig, dist = DIST): Service {
  // Milliseconds; longer than the mesh's own 800 ms, and the only limit without a mesh.
  const limitMs = 1_000;
  const recommendations = createCallee({ service: 'recommendations', baseUrl: config.recommendationsUrl, limitMs });
  const page = createPage(dist);
  return createService({
    config,
    routes: routes({
      page,
      recommendations,
      tokens: createTokens(config.sessionKeys),
      demoCustomers: config.demoCustomers,
    }),
    ready: page.ready,
    stop: () => recommendations.close(),
  });
}
