import { fileURLToPath } from 'node:url';
import { type Service, createService, openDatabase } from '@tuesday/service';
import type { BillingConfig } from './config.ts';
import { createPayments } from './payments.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Billing in the version that its configuration names; it listens only when started. */
export function createBilling(config: BillingConfig): Service {
  const { makeReceipt } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'billing', max });
  const payments = createPayments();

  return createService({
    config,
    routes: routes({ db, payments, makeReceipt }),
    ready: () => db.ping(),
    background: [payments],
    stop: () => db.close(),
  });
}
