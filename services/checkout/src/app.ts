import { fileURLToPath } from 'node:url';
import { type Service, createCallee, createService, openDatabase } from '@tuesday/service';
import { checkOut } from './checkout.ts';
import type { CheckoutConfig } from './config.ts';
import { createLoop } from './loop.ts';
import { findOrder } from './orders.ts';
import { reconcileRound } from './reconciler.ts';
import { deliverOutbox } from './outbox.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Checkout in the version that its configuration names; it listens, and works in the background, only when started. */
export function createCheckout(config: CheckoutConfig): Service {
  const { purchase } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'checkout', max });
  // Milliseconds; longer than the mesh's own 1,500 and 800, and the only limit without a mesh.
  const billing = createCallee({ service: 'billing', baseUrl: config.billingUrl, limitMs: 1_800 });
  const recommendations = createCallee({
    service: 'recommendations',
    baseUrl: config.recommendationsUrl,
    limitMs: 1_000,
  });
  const ready = () => db.ping();

  const outbox = createLoop({
    name: 'outbox',
    everyMs: 500,
    delayMs: 50,
    ready,
    round: () => deliverOutbox(db, recommendations),
  });
  const onConfirmed = () => outbox.trigger();
  const reconciler = createLoop({
    name: 'reconciler',
    everyMs: 1_000,
    ready,
    round: () => reconcileRound({ db, billing, onConfirmed }),
  });
  const parts = { db, billing, recommendations, purchase, onConfirmed };

  return createService({
    config,
    routes: routes({
      checkOut: (request) => checkOut(parts, request),
      findOrder: (question) => findOrder(db, question),
    }),
    ready,
    background: [reconciler, outbox],
    stop: async () => void (await Promise.all([db.close(), billing.close(), recommendations.close()])),
  });
}
