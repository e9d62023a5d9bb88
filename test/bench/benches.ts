import { CHANGES } from './apply-to-traffic.ts';
import type { Bench } from './bench.ts';
import { BESIDE } from './beside.ts';
import { CHECKOUTS } from './checkouts.ts';
import { HOP } from './hop.ts';
import { START } from './start.ts';
import { TRANSLATION } from './translation.ts';

/** Everything that is measured, in the order of a run. */
export const BENCHES: readonly Bench[] = [START, CHANGES, HOP, CHECKOUTS, TRANSLATION, BESIDE];
