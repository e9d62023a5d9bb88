import { fileURLToPath } from 'node:url';
import { type Service, createService, openDatabase } from '@tuesday/service';
import type { BillingConfig } from './config.ts';
import { createPayments } from './payments.ts';
import { openStandIn } from './provider/stand-in.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Billing in the version that its configuration names; it listens only when started. */
export function createBilling(config: BillingConfig): Service {
  const { makeReceipt } = { v1, v2 }[config.version];
  const { databaseUrl: url, databaseConnections: max } = config;
  const db = openDatabase({ url, migrations: MIGRATIONS, name: 'billing', max });
  const provider = openStandIn(config.bankDatabaseUrl);
  const payments = createPayments();

  return createService({
    config,
    routes: routes({ db, provider, payments, makeReceipt }),
    ready: () => Promise.all([db.ping(), provider.ready()]),
    background: [payments],
    stop: async () => void (await Promise.all([db.close(), provider.close()])),
  });
}
