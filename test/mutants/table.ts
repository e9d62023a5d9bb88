import { CHECKS } from './guards/checks.ts';
import { DEADLINES } from './guards/services/deadlines.ts';
import { DOCUMENTS } from './guards/documents.ts';
import { EDGES } from './guards/services/edges.ts';
import { FIDELITY } from './guards/fidelity.ts';
import { INPUT } from './guards/input.ts';
import { LINT } from './guards/lint.ts';
import { MACHINE } from './guards/machine.ts';
import { MESH } from './guards/mesh.ts';
import { MONEY } from './guards/services/money.ts';
import { PAYMENTS } from './guards/services/payments.ts';
import type { Mutant } from './mutant.ts';
import { NEW_SERVICE } from './guards/new-service.ts';
import { PLUMBING } from './guards/services/plumbing.ts';
import { PODS } from './guards/pods.ts';
import { PORTS } from './guards/ports.ts';
import { POSTGRES } from './guards/postgres.ts';
import { PURCHASES } from './guards/services/purchases.ts';
import { PUSHES } from './guards/pushes.ts';
import { ROLLOUTS } from './guards/rollouts.ts';
import { RUNS } from './guards/runs.ts';
import { SET_UP } from './guards/set-up.ts';
import { TOKENS } from './guards/tokens.ts';
import { VERDICTS } from './guards/verdicts.ts';

/** Every guard, with the test that fails when it is removed. */
export const MUTANTS: Mutant[] = [
  ...MONEY,
  ...PAYMENTS,
  ...PURCHASES,
  ...PLUMBING,
  ...MESH,
  ...MACHINE,
  ...POSTGRES,
  ...FIDELITY,
  ...PUSHES,
  ...TOKENS,
  ...DEADLINES,
  ...EDGES,
  ...PODS,
  ...ROLLOUTS,
  ...PORTS,
  ...VERDICTS,
  ...INPUT,
  ...LINT,
  ...CHECKS,
  ...DOCUMENTS,
  ...RUNS,
  ...SET_UP,
  ...NEW_SERVICE,
];
