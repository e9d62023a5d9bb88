import { fileURLToPath } from 'node:url';
import { type Service, createLoop, createService, openDatabase } from '@tuesday/service';
import type { RecommendationsConfig } from './config.ts';
import { purchasesIn } from './purchases.ts';
import { retentionRound } from './retention.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Recommendations in the version that its configuration names; it listens only when started. */
export function createRecommendations(config: RecommendationsConfig): Service {
  const { rank } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'recommendations', max });
  const ready = () => db.ping();
  const retention = createLoop({ name: 'retention', everyMs: 3_600_000, ready, round: () => retentionRound(db) });

  return createService({
    config,
    routes: routes({ purchases: purchasesIn(db), rank }),
    ready,
    background: [retention],
    stop: () => db.close(),
  });
}
