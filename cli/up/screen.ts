import { megabytes } from '../print/numbers.ts';
import type { Paint } from '../print/paint.ts';
import { type InForce, workloadTable } from '../print/workload-table.ts';
import type { Workload } from '../print/workloads.ts';
import { curlCommand } from './first-checkout.ts';

/** The facts on the first screen. */
export interface StartFacts {
  url: string;
  /** From the user's Enter to the first good checkout. */
  seconds: number;
  /** Time of the set-up step before that; shown from one second on. */
  setupSeconds: number;
  /** Bytes of the whole shop. */
  memory: number;
  workloads: readonly Workload[];
  /** Whether the Istio objects are in force. */
  inForce: InForce;
  warnings: readonly string[];
}

/** The screen of `up` after the first checkout. */
export function startedScreen(
  { url, seconds, setupSeconds, memory, workloads, inForce, warnings }: StartFacts,
  paint: Paint,
): string {
  const setup = setupSeconds < 1 ? '' : ` (set-up ${setupSeconds.toFixed(0)} s before it)`;
  const ready = `Ready in ${seconds.toFixed(1)} s${setup}, first checkout answered 201, ${megabytes(memory)}.`;
  return `
${workloadTable(workloads, inForce)}${warnings.map((warning) => `  ${paint('yellow', 'Warning:')} ${warning}\n`).join('')}
  ${paint('green', ready)}     ${paint('bold', url)}

  Buy a tent:
  ${curlCommand(url)}

  Try:  npx tuesday traffic                         1,000 requests: who served them, and is that 90/10?
        npx tuesday apply -f istio/canary/50.yaml   half of the recommendations from v2
        npx tuesday trace last                      one checkout through every hop
  Ctrl-C stops everything.
`;
}
