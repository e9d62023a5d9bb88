import { rm } from 'node:fs/promises';

/** Ends what `run-folder.setup.mjs` and `postgres.setup.mjs` have begun. */
export default async function endOfRun() {
  await globalThis.stopTestPostgres?.();
  if (globalThis.testRunFolder) await rm(globalThis.testRunFolder, { recursive: true, force: true });
}
