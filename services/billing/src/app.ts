import { fileURLToPath } from 'node:url';
import { type Background, type Service, createService, openDatabase } from '@tuesday/service';
import { chargesIn } from './charge-store.ts';
import { createCharging } from './charging.ts';
import type { BillingConfig } from './config.ts';
import { contract } from './contract.ts';
import { refund } from './refunding.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/** Billing in the version that its configuration names; it listens only when started. */
export function createBilling(config: BillingConfig): Service {
  const { writeReceipt } = { v1, v2 }[config.version];
  const db = openDatabase({ url: config.databaseUrl, migrations: MIGRATIONS, name: 'billing' });
  const charges = chargesIn(db);
  const charging = createCharging({ charges, writeReceipt });
  const payments: Background = { start: () => undefined, stop: () => charging.idle() };

  return createService({
    config,
    contract,
    routes: routes({ charging, charges, refund: (claim) => refund(db, claim), writeReceipt }),
    ready: () => db.ping(),
    background: [payments],
    stop: () => db.close(),
  });
}
