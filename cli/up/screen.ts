import { megabytes } from '../print/numbers.ts';
import type { Paint } from '../print/paint.ts';
import { type InForce, workloadTable } from '../print/workload-table.ts';
import type { Workload } from '../print/workloads.ts';
import { curlLines } from './first-checkout.ts';

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

  Buy a tent there, or with curl:
${curlLines(url, inForce.mesh)
  .map((line) => `  ${line}`)
  .join('\n')}

  In another terminal:
${nextThings(inForce.mesh)}
  Ctrl-C stops everything.
`;
}

/** Three things to do next, in this order: a trace of the first checkout is there, and each later one shows what the one before did. */
const MESHED = [
  ['npx tuesday trace last', 'that first checkout, through every hop'],
  ['npx tuesday traffic', '1,000 requests: who served them, and is that 90/10?'],
  ['npx tuesday apply -f istio/canary/50.yaml', 'half of the recommendations from v2; then traffic again'],
] as const;
/** Without a mesh no weight is in force, so that applying one would change nothing. */
const UNMESHED = [
  ...MESHED.slice(0, 1),
  ['npx tuesday traffic', '1,000 requests: who served them'],
  ['npx tuesday kill checkout-v1', 'a crash: get pods shows it back, with one restart'],
] as const;

function nextThings(mesh: boolean): string {
  return (mesh ? MESHED : UNMESHED).map(([line, purpose]) => `    ${line.padEnd(44)}${purpose}`).join('\n');
}
