import { createService, runMain } from '@tuesday/service';
import { readConfig } from './config.ts';
import { connectPurchases } from './purchases.ts';
import { routes } from './routes.ts';
import * as v1 from './v1.ts';
import * as v2 from './v2.ts';

runMain(async function recommendations() {
  const config = readConfig(process.env);
  const { rank } = { v1, v2 }[config.version];
  const purchases = connectPurchases(config.databaseUrl);

  const service = createService({
    config,
    routes: routes({ purchases, rank }),
    ready: () => purchases.ping(),
    stop: () => purchases.close(),
  });

  await service.start();
});
