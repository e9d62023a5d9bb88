import type { PlaceReport } from './report.ts';

/** What a test came to in a place: `not run` with a reason that test/support/places.mjs gives, `missing` without one. */
export type Cell = { state: 'passed' | 'failed' | 'missing' } | { state: 'not run'; reason: string };

export interface Row {
  file: string;
  name: string;
  /** By place. */
  cells: Record<string, Cell>;
}

/** Files that do not run in a place, by the beginning of their path, and why. */
export type CannotHold = (place: string) => { file: string; reason: string }[];

/** Every test of any of the runs, a row each, with what it came to in each place. */
export function agreementOf(reports: readonly PlaceReport[], cannotHold: CannotHold): Row[] {
  const rows = new Map<string, Row>();
  for (const { outcomes } of reports)
    for (const { file, name } of outcomes) rows.set(`${file}\0${name}`, { file, name, cells: {} });
  for (const row of rows.values())
    for (const { place, outcomes } of reports) {
      const found = outcomes.find(({ file, name }) => file === row.file && name === row.name);
      const reason = cannotHold(place).find(({ file }) => row.file.startsWith(file))?.reason;
      row.cells[place] = found
        ? { state: found.passed ? 'passed' : 'failed' }
        : reason === undefined
          ? { state: 'missing' }
          : { state: 'not run', reason };
    }
  return [...rows.values()].toSorted((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
}

/** Sentences about rows that nothing explains: a test that failed, or that one place has and another has not. */
export function disagreements(rows: readonly Row[]): string[] {
  return rows.flatMap(({ file, name, cells }) =>
    Object.entries(cells).flatMap(([place, { state }]) => {
      if (state === 'failed') return [`${file}: "${name}" failed in ${place}.`];
      if (state === 'missing')
        return [`${file}: "${name}" did not run in ${place}, and test/support/places.mjs does not say why.`];
      return [];
    }),
  );
}
