import { fileURLToPath } from 'node:url';
import { runMain } from '@tuesday/service';
import { createStorefront } from './app.ts';
import { readConfig } from './config.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

runMain(async () => {
  await createStorefront(readConfig(process.env), DIST).start();
});
