import { fileURLToPath } from 'node:url';
import { type Service, createCallee, createService, openDatabase } from '@tuesday/service';
import { backgroundWork } from './background/background.ts';
import { checkOut } from './checkout.ts';
import type { CheckoutConfig } from './config.ts';
import { findOrder } from './orders.ts';
import { parkedGauge } from './background/parked.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Milliseconds; longer than the mesh's own 1,500 and 800, and the only limit without a mesh. */
const LIMIT_MS = { billing: 1_800, recommendations: 1_000 };

/** Checkout in the version that its configuration names; it listens, and works in the background, only when started. */
export function createCheckout(config: CheckoutConfig): Service {
  const { purchase } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'checkout', max });
  const [billing, recommendations] = [
    createCallee({ service: 'billing', baseUrl: config.billingUrl, limitMs: LIMIT_MS.billing }),
    createCallee({ service: 'recommendations', baseUrl: config.recommendationsUrl, limitMs: LIMIT_MS.recommendations }),
  ];
  const ready = () => db.ping();
  const { background, onConfirmed } = backgroundWork({ db, billing, recommendations, ready });
  const parts = { db, billing, recommendations, purchase, onConfirmed };

  return createService({
    config,
    routes: routes({
      checkOut: (request) => checkOut(parts, request),
      findOrder: (question) => findOrder(db, question),
    }),
    ready,
    background,
    gauges: [parkedGauge(db)],
    stop: async () => void (await Promise.all([db.close(), billing.close(), recommendations.close()])),
  });
}
