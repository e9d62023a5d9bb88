import { runMain } from '@tuesday/service';
import { createBilling } from './app.ts';
import { readConfig } from './config.ts';

runMain(async function billing() {
  await createBilling(readConfig(process.env)).start();
});
