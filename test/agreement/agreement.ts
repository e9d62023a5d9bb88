import { type Outcome, type PlaceReport, WHOLE } from './report.ts';

/** The result of a test in a place: `not run` with the reason from test/support/places.mjs, `missing` without a reason. */
export type Cell = { state: 'passed' | 'failed' | 'missing' } | { state: 'not run'; reason: string };

/** A test and its result in each place. */
export interface Row {
  file: string;
  name: string;
  cells: Record<string, Cell>;
}

/** The tests that should run. */
export interface Suite {
  /** All test files, relative to the repository's root. */
  files: readonly string[];
  /** The files that do not run in a place, by the beginning of their path, with the reason. */
  cannotHold: (place: string) => { file: string; reason: string }[];
}

/** One row for each test of any run, and one for each file that is in no run. */
export function agreementOf(reports: readonly PlaceReport[], { files, cannotHold }: Suite): Row[] {
  const all = reports.flatMap(({ outcomes }) => outcomes);
  const absent = files.filter((file) => !all.some((one) => one.file === file));
  const tests = [...all, ...absent.map((file) => ({ file, name: WHOLE }))];
  const names = new Map(tests.map(({ file, name }) => [`${file}\0${name}`, { file, name }]));
  const rows = [...names.values()].map(({ file, name }) => {
    const reason = (place: string) => cannotHold(place).find((one) => file.startsWith(one.file))?.reason;
    const cells = reports.map(({ place, outcomes }) => {
      const found = outcomes.filter((one) => one.file === file && one.name === name);
      return [place, cellOf(found, reason(place))] as const;
    });
    return { file, name, cells: Object.fromEntries(cells) };
  });
  return rows.toSorted((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1));
}

/** Of several tests with the same name the worst result counts. */
function cellOf(found: readonly Outcome[], reason: string | undefined): Cell {
  const states = found.map(({ state }) => state);
  if (states.includes('failed')) return { state: 'failed' };
  if (states.length > 0 && !states.includes('skipped')) return { state: 'passed' };
  return reason === undefined ? { state: 'missing' } : { state: 'not run', reason };
}

/** One sentence for each unexplained result: a test that failed, or did not run in one of the places. */
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
