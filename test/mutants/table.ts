import { CHECKS } from './checks.ts';
import { DOCUMENTS } from './documents.ts';
import { FIDELITY } from './fidelity.ts';
import { LINT } from './lint.ts';
import { MESH } from './mesh.ts';
import { MONEY } from './money.ts';
import type { Mutant } from './mutant.ts';
import { NEW_SERVICE } from './new-service.ts';
import { PLUMBING } from './plumbing.ts';
import { PORTS } from './ports.ts';
import { PURCHASES } from './purchases.ts';
import { RUNS } from './runs.ts';
import { SET_UP } from './set-up.ts';
import { VERDICTS } from './verdicts.ts';

/** Every guard, with the test that fails when it is removed. */
export const MUTANTS: Mutant[] = [
  ...MONEY,
  ...PURCHASES,
  ...PLUMBING,
  ...MESH,
  ...FIDELITY,
  ...PORTS,
  ...VERDICTS,
  ...LINT,
  ...CHECKS,
  ...DOCUMENTS,
  ...RUNS,
  ...SET_UP,
  ...NEW_SERVICE,
];
