import { CHANGES } from './apply-to-traffic.ts';
import type { Bench } from './bench.ts';
import { CHECKOUTS } from './checkouts.ts';
import { CLUSTER } from './cluster-memory.ts';
import { HOP } from './hop.ts';
import { START } from './start.ts';
import { TRANSLATION } from './translation.ts';

/** Everything that is measured, in the order of a run. */
export const BENCHES: readonly Bench[] = [START, CHANGES, HOP, CHECKOUTS, TRANSLATION, CLUSTER];
