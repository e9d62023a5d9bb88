import { fileURLToPath } from 'node:url';
import { createService, openDatabase, runMain } from '@tuesday/service';
import { readConfig } from './config.ts';
import { contract } from './contract.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

runMain(async function billing() {
  const config = readConfig(process.env);
  const { makeReceipt } = { v1, v2 }[config.version];
  const migrations = fileURLToPath(new URL('../migrations', import.meta.url));
  const db = openDatabase({ url: config.databaseUrl, migrations, name: 'billing' });

  const service = createService({
    config,
    contract,
    routes: routes({ db, makeReceipt }),
    ready: () => db.ping(),
    stop: () => db.close(),
  });

  await service.start();
});
