import type { Findings } from './bench.ts';
import { described, type Machine } from './machine.ts';
import { type Measure, readable, summarize, verdict } from './measure.ts';

/** The results of one bench; `failure` says why there are none. */
export interface Result extends Findings {
  name: string;
  title: string;
  failure?: string;
}

/** The results of a run. */
export interface Report {
  machine: Machine;
  seed: number;
  size: 'full' | 'short';
  /** ISO date of the run. */
  at: string;
  results: Result[];
}

export const HEAD = ['', 'n', 'min', 'median', 'p90', 'p95', 'max', 'budget'];

/** The cells of one measure, under HEAD. */
export function row(measure: Measure): string[] {
  const { n, ...spread } = summarize(measure.values);
  const { min, median, p90, p95, max } = spread;
  const cells = [min, median, p90, p95, max].map(readable);
  return [`${measure.what}, ${measure.unit}`, `${n}`, ...cells, verdict(measure) ?? ''];
}

/** The conditions of a run, in one line. */
export function conditions({ machine, seed, size, at }: Omit<Report, 'results'>): string {
  return `${at.slice(0, 10)}, seed ${seed}, ${size} size, on ${described(machine)}.`;
}

/** For `-o json`: the spread instead of the single values. */
export function asData({ results, ...facts }: Report): object {
  const measures = (all: readonly Measure[]) =>
    all.map(({ values, ...measure }) => ({
      ...measure,
      ...summarize(values),
      verdict: verdict({ ...measure, values }),
    }));
  return { ...facts, results: results.map((result) => ({ ...result, measures: measures(result.measures) })) };
}
