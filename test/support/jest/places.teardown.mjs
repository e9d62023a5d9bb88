import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, sendSignal } from '../../../setup/processes/signal.mjs';
import { PLACE, cannotHold } from '../places.mjs';

/** Ends the local shops that the test files have shared, if any, and prints which files did not run, and why. */
export default async function endOfRun() {
  const folder = /** @type {string} */ (process.env['TUESDAY_E2E_SHOPS']); // by places.setup.mjs, in this process
  const notes = await readdir(folder);
  await Promise.all(notes.map((note) => endShop(join(folder, note))));
  await rm(folder, { recursive: true });
  // With --json standard output is the report.
  for (const { file, reason } of cannotHold()) console.error(`not run: PLACE=${PLACE} ${file} (${reason})`);
}

/** @param {string} note a file of shared-shop.ts */
async function endShop(note) {
  const { pid, state } = JSON.parse(await readFile(note, 'utf8'));
  sendSignal(pid, 'SIGINT');
  for (let tries = 0; tries < 200 && isAlive(pid); tries++) await wait(100);
  await rm(state, { recursive: true, force: true });
}
