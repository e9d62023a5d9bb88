import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PLACE, cannotHold } from '../places.mjs';

/** Ends the local shop that the test files have shared, if any, and prints which files did not run, and why. */
export default async function endOfRun() {
  await endSharedShop();
  // With --json standard output is the report.
  for (const { file, reason } of cannotHold()) console.error(`not run: PLACE=${PLACE} ${file} (${reason})`);
}

async function endSharedShop() {
  // Written by shared.ts, which runs in this process too.
  const note = join(tmpdir(), `tuesday-e2e-${process.pid}.json`);
  const text = await readFile(note, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const { pid, state } = JSON.parse(text);
  try {
    process.kill(pid, 'SIGINT');
    for (let tries = 0; tries < 200; tries++) await wait(100).then(() => process.kill(pid, 0));
  } catch {
    // It is gone.
  }
  await rm(state, { recursive: true, force: true });
  await rm(note);
}
