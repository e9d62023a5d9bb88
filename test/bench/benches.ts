import { CHANGES } from './changes.ts';
import type { Bench } from './bench.ts';
import { CLUSTER_COMPARISON } from './cluster-comparison.ts';
import { CHECKOUTS } from './checkouts.ts';
import { HOP } from './hop.ts';
import { START } from './start.ts';
import { TRANSLATION } from './translation.ts';

/** All benches, in the order of a run. */
export const BENCHES: readonly Bench[] = [START, CHANGES, HOP, CHECKOUTS, TRANSLATION, CLUSTER_COMPARISON];
