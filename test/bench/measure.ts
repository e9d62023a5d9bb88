import { quantile } from '../support/load.ts';

/** One quantity, with one value for each round of a run. */
export interface Measure {
  what: string;
  unit: 'ms' | 's' | 'MiB' | '/s' | '×';
  values: readonly number[];
  /** The wanted limit. Times differ between machines, so a missed budget is printed and fails nothing. */
  budget?: Budget;
}

export interface Budget {
  at: 'median' | 'p95';
  limit: number;
}

export interface Summary {
  n: number;
  min: number;
  median: number;
  p90: number;
  p95: number;
  max: number;
}

/** The spread of a measure. Throws when there is no value. */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new Error('Nothing was measured.');
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const median = (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.floor(n / 2)]!) / 2;
  return { n, min: sorted[0]!, median, p90: quantile(sorted, 0.9), p95: quantile(sorted, 0.95), max: sorted.at(-1)! };
}

/** The ratio of two measures, round by round: an influence on both, such as a busy machine, cancels out. */
export function ratios(what: string, over: readonly number[], under: readonly number[]): Measure {
  return { what, unit: '×', values: over.map((value, round) => value / under[round]!) };
}

/** `median ≤ 5 s: met`, or by how much the budget was missed; undefined without a budget. */
export function verdict({ budget, unit, values }: Measure): string | undefined {
  if (!budget) return undefined;
  const value = summarize(values)[budget.at];
  const wanted = `${budget.at} ≤ ${budget.limit} ${unit}`;
  if (value <= budget.limit) return `${wanted}: met`;
  const over = value / budget.limit;
  return `${wanted}: missed, ${over < 1.1 ? over.toFixed(2) : over.toFixed(1)} times that`;
}

/** A number with two or three significant digits: `1,284`, `38.2`, `0.58`. */
export function readable(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
