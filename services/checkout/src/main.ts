import { runMain } from '@tuesday/service';
import { createCheckout } from './app.ts';
import { readConfig } from './config.ts';

runMain(async function checkout() {
  await createCheckout(readConfig(process.env)).start();
});
