import { CHANGES } from './cases/changes.ts';
import type { Bench } from './bench.ts';
import { CLUSTER_COMPARISON } from './cases/cluster-comparison.ts';
import { CHECKOUTS } from './cases/checkouts.ts';
import { HOP } from './cases/hop.ts';
import { START } from './cases/start.ts';
import { TRANSLATION } from './cases/translation.ts';

/** All benches, in the order of a run. */
export const BENCHES: readonly Bench[] = [START, CHANGES, HOP, CHECKOUTS, TRANSLATION, CLUSTER_COMPARISON];
