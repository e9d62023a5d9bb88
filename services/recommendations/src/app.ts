import { fileURLToPath } from 'node:url';
import { type Service, createService, openDatabase } from '@tuesday/service';
import type { RecommendationsConfig } from './config.ts';
import { purchasesIn } from './purchases.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Recommendations in the version that its configuration names; it listens only when started. */
export function createRecommendations(config: RecommendationsConfig): Service {
  const { rank } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'recommendations', max });

  return createService({
    config,
    routes: routes({ purchases: purchasesIn(db), rank }),
    ready: () => db.ping(),
    stop: () => db.close(),
  });
}
