/** How often a sound split may be called unsound: once in a million looks. */
export const FALSE_ALARM = 1e-6;

export interface Range {
  low: number;
  high: number;
}

/** P(exactly k of n) for every k from 0 to n, when each of n draws hits with probability p, 0 < p < 1. */
export function binomial(n: number, p: number): number[] {
  const odds = Math.log(p) - Math.log1p(-p);
  // In logarithms, because (1 − p)ⁿ alone is too small for a number long before n = 10,000.
  let log = n * Math.log1p(-p);
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) log += Math.log(n - k + 1) - Math.log(k) + odds;
    return Math.exp(log);
  });
}

/**
 * The central range of hits in n draws of probability p: fewer than `low` and more than `high` happen with at most
 * half of `alarm` each. Exact: no normal approximation, which is wrong where p is small.
 */
export function centralRange({ n, p, alarm = FALSE_ALARM }: { n: number; p: number; alarm?: number }): Range {
  if (p <= 0) return { low: 0, high: 0 };
  if (p >= 1) return { low: n, high: n };
  const each = binomial(n, p);
  return { low: tail(each, alarm / 2), high: n - tail(each.toReversed(), alarm / 2) };
}

/** How many outcomes from the left together stay within `limit`. */
function tail(each: readonly number[], limit: number): number {
  let sum = 0;
  const first = each.findIndex((one) => (sum += one) > limit);
  return Math.max(0, first);
}

/** P(low ≤ hits ≤ high) in n draws of probability p: how often `range` would let pass what is not p. */
export function within({ low, high }: Range, { n, p }: { n: number; p: number }): number {
  if (p <= 0 || p >= 1) return (p <= 0 ? low <= 0 : high >= n) ? 1 : 0;
  return binomial(n, p)
    .slice(low, high + 1)
    .reduce((sum, one) => sum + one, 0);
}

/** Draws, in hundreds, that tell p from `other` 999 times in 1,000, with the same false alarm as everywhere. */
export function drawsToTell(p: number, other: number): number {
  for (let n = 100; n < 1e6; n = Math.ceil((n * 1.05) / 100) * 100) {
    if (within(centralRange({ n, p }), { n, p: other }) < 0.001) return n;
  }
  return 1e6;
}
