import { centralRange, type Draws, within } from './binomial.ts';

/** How often a wrong share may pass for the right one: once in a thousand looks. */
const MISSED = 0.001;

/** Whether `n` draws tell p from `other`: the power of the test of `agrees` against `other` is then above 0.999. */
function tells({ n, p }: Draws, other: number): boolean {
  return within(centralRange({ n, p }), { n, p: other }) < MISSED;
}

/** How many draws, in hundreds, tell p from `other`; a million where not even so many do. */
export function drawsToTell(p: number, other: number): number {
  for (let n = 100; n < 1e6; n = Math.ceil((n * 1.05) / 100) * 100) if (tells({ n, p }, other)) return n;
  return 1e6;
}

/**
 * What is missing to tell p from its double, or from halfway to 1 where that is nearer: that `other` share, and about
 * how many `more` draws, in hundreds. Undefined where `n` draws are enough, and for p = 0 and p = 1,
 * which a single draw can disprove.
 */
export function missingDraws({ n, p }: Draws): { other: number; more: number } | undefined {
  const other = Math.min(2 * p, (1 + p) / 2);
  if (p <= 0 || p >= 1 || tells({ n, p }, other)) return undefined;
  return { other, more: Math.max(100, Math.ceil((drawsToTell(p, other) - n) / 100) * 100) };
}
