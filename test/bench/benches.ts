import { CHANGES } from './cases/apply-to-traffic.ts';
import type { Bench } from './bench.ts';
import { BESIDE } from './cases/beside.ts';
import { CHECKOUTS } from './cases/checkouts.ts';
import { HOP } from './cases/hop.ts';
import { START } from './cases/start.ts';
import { TRANSLATION } from './cases/translation.ts';

/** Everything that is measured, in the order of a run. */
export const BENCHES: readonly Bench[] = [START, CHANGES, HOP, CHECKOUTS, TRANSLATION, BESIDE];
