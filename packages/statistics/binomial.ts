/** How often a right share may be called wrong: once in a million looks. */
export const FALSE_ALARM = 1e-6;

/** `n` draws, each of which hits with probability `p`, 0 to 1. */
export interface Draws {
  n: number;
  p: number;
}

/** Numbers of hits, both ends included. */
export interface Range {
  low: number;
  high: number;
}

/**
 * The binomial distribution: P(exactly k hits) at index k, 0 to n. Takes 0 < p < 1.
 *
 * Each follows from the one before, P(k) / P(k − 1) = (n − k + 1) / k · p / (1 − p): Johnson, Kemp and Kotz, Univariate
 * Discrete Distributions, 3rd edition, chapter 3. In logarithms, because (1 − p)ⁿ alone is too small for a number long
 * before n = 10,000.
 */
export function binomial({ n, p }: Draws): number[] {
  const odds = Math.log(p) - Math.log1p(-p);
  let log = n * Math.log1p(-p);
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) log += Math.log(n - k + 1) - Math.log(k) + odds;
    return Math.exp(log);
  });
}

/**
 * The central range of hits: fewer than `low` and more than `high` happen with at most half of `alarm` each.
 *
 * It is the equal-tailed acceptance region that Clopper and Pearson invert (The use of confidence or fiducial limits
 * illustrated in the case of the binomial, Biometrika 26, 1934): exact, with no normal approximation, which is wrong
 * where p is small.
 */
export function centralRange({ n, p, alarm = FALSE_ALARM }: Draws & { alarm?: number }): Range {
  if (p <= 0) return { low: 0, high: 0 };
  if (p >= 1) return { low: n, high: n };
  const each = binomial({ n, p });
  return { low: outcomesWithin(each, alarm / 2), high: n - outcomesWithin(each.toReversed(), alarm / 2) };
}

/** Whether a number of hits lies in the central range: exact, two-sided, one false alarm in a million. */
export function agrees(hits: number, draws: Draws): boolean {
  const { low, high } = centralRange(draws);
  return hits >= low && hits <= high;
}

/** P(low ≤ hits ≤ high): how often a range accepts draws of this probability. */
export function within({ low, high }: Range, { n, p }: Draws): number {
  if (p <= 0 || p >= 1) return (p <= 0 ? low <= 0 : high >= n) ? 1 : 0;
  return binomial({ n, p })
    .slice(low, high + 1)
    .reduce((sum, one) => sum + one, 0);
}

/** How many outcomes, counted from the left, have a probability of at most `limit` together. */
function outcomesWithin(each: readonly number[], limit: number): number {
  let sum = 0;
  const first = each.findIndex((one) => (sum += one) > limit);
  return Math.max(0, first);
}
