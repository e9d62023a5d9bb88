import { centralRange, missingDraws, type Range } from '@tuesday/statistics';
import { percent, thousands } from '../print/numbers.ts';
import type { Tally } from './tally.ts';
import type { Weights } from './weights.ts';

/** Whether the share of a version agrees with its weight. */
export interface Verdict extends Range {
  outcome: 'consistent' | 'inconsistent' | 'not-enough-data' | 'not-in-force';
  service: string;
  /** The version that is judged: the one with the smallest weight. */
  version: string;
  requests: number;
  of: number;
  /** Its share by the weights, 0 to 1. */
  promised: number;
  text: string;
}

/**
 * Judges the version with the smallest weight by the exact binomial range. Without a mesh weights have no effect, and the
 * verdict says so instead. Undefined where the service did not answer at all.
 */
export function judge(tally: Tally, { service, shares, file }: Weights, mesh: boolean): Verdict | undefined {
  const [version, promised] = Object.entries(shares).toSorted((a, b) => a[1] - b[1])[0] ?? ['', 0];
  const rows = tally.servedBy.filter((row) => row.service === service);
  const of = rows.reduce((sum, row) => sum + row.requests, 0);
  if (of === 0) return undefined;
  const requests = rows.find((row) => row.version === version)?.requests ?? 0;
  const range = centralRange({ n: of, p: promised });
  const facts = { service, version, requests, of, promised, ...range };
  const would = `${range.low}–${range.high} of ${thousands(of)}`;
  if (!mesh) {
    const says = `${file === '' ? 'The VirtualService' : file} says ${percent(promised, true)}, which would be ${would}; not in force: started with --no-mesh.`;
    const chance = 'Without a mesh the versions share by chance: each connection goes to a random ready pod.';
    return { ...facts, outcome: 'not-in-force', text: [says, chance, tooFew(of, promised)].filter(Boolean).join('\n') };
  }
  if (requests < range.low || requests > range.high)
    return {
      ...facts,
      outcome: 'inconsistent',
      text: `not ${percent(promised, true)}, which would be ${would}; one false alarm in a million`,
    };
  const few = tooFew(of, promised);
  if (few !== '') return { ...facts, outcome: 'not-enough-data', text: few };
  return {
    ...facts,
    outcome: 'consistent',
    text: `consistent with ${percent(promised, true)} (${would} would be; one false alarm in a million)`,
  };
}

/** The sentence about how many more requests are needed to tell the share from its double; '' where there are enough. */
function tooFew(n: number, p: number): string {
  const missing = missingDraws({ n, p });
  if (missing === undefined) return '';
  const { other, more } = missing;
  return `not enough data to tell ${percent(p, true)} from ${percent(other, true)}: about ${thousands(more)} more requests`;
}
