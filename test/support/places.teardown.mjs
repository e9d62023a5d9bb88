import { PLACE, cannotHold } from './places.mjs';

/** Prints what this run left out, and why. */
export default function sayWhatDidNotRun() {
  for (const { file, reason } of cannotHold()) console.log(`not run: PLACE=${PLACE} ${file} (${reason})`);
}
