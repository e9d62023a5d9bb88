import { runMain } from '@tuesday/service';
import { createStorefront } from './app.ts';
import { readConfig } from './config.ts';

runMain(async function storefront() {
  await createStorefront(readConfig(process.env)).start();
});
