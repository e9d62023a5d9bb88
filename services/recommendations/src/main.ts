import { runMain } from '@tuesday/service';
import { createRecommendations } from './app.ts';
import { readConfig } from './config.ts';

runMain(async function recommendations() {
  await createRecommendations(readConfig(process.env)).start();
});
