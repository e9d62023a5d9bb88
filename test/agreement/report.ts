import { readFileSync } from 'node:fs';

/** One test of a run: its file relative to the repository's root, its name and its result. */
export interface Outcome {
  file: string;
  name: string;
  state: 'passed' | 'failed' | 'skipped';
}

/** The conditions of a run, which test/support/jest/run-facts.mjs writes into jest's report. */
export interface Ran {
  place: string;
  size: string;
  node: string;
}

/** The fields of jest's report (`--json --outputFile`) that are used here. */
interface JestReport {
  startTime: number;
  /** Missing in reports that were made by hand or are old. */
  ran?: Ran;
  testResults: { name: string; status?: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** The results of one place. */
export interface PlaceReport {
  place: string;
  /** When the run began. */
  at: Date;
  /** The version of Node.js that ran the tests; undefined where the report does not have it. */
  node: string | undefined;
  outcomes: Outcome[];
}

/** The command that makes a report. */
export const commandOf = (place: string, path: string): string =>
  `PLACE=${place} SIZE=full npm run test:e2e -- --json --outputFile=${path}`;

/** Stands for the test's name where a file could not be loaded or did not run. */
export const WHOLE = 'the file as a whole';

/** Reads a report of jest. Throws an Error that names the file and says what to do. */
export function readReport(place: string, path: string): PlaceReport {
  const { startTime, ran, testResults } = parsed(place, path);
  const way = `Make it with: ${commandOf(place, path)}`;
  if (ran && ran.place !== place) throw new Error(`${path} is a report of PLACE=${ran.place}, not of ${place}. ${way}`);
  if (ran && ran.size !== 'full') throw new Error(`${path} is a report of the ${ran.size} size, not of all. ${way}`);
  return { place, at: new Date(startTime), node: ran?.node, outcomes: testResults.flatMap(outcomesOf) };
}

function outcomesOf({ name, status, assertionResults }: JestReport['testResults'][number]): Outcome[] {
  const file = name.replace(/^.*\/(?=test\/(e2e|browser)\/)/, '');
  // Jest reports no test for a file that threw before its first test.
  if (status === 'failed' && assertionResults.length === 0) return [{ file, name: WHOLE, state: 'failed' }];
  return assertionResults.map((one) => ({ file, name: one.fullName, state: stateOf(one.status) }));
}

/** Jest's `pending`, `todo` and `disabled` are all skipped tests. */
function stateOf(status: string): Outcome['state'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/** One report for each place: of several for the same place, the last one with a file counts for that file. */
export function merged(reports: readonly PlaceReport[]): PlaceReport[] {
  const places = Map.groupBy(reports, ({ place }) => place);
  return [...places.values()].map((runs) =>
    runs.reduce((before, after) => {
      const files = new Set(after.outcomes.map(({ file }) => file));
      const kept = before.outcomes.filter(({ file }) => !files.has(file));
      return { ...after, outcomes: [...kept, ...after.outcomes] };
    }),
  );
}

function parsed(place: string, path: string): JestReport {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as JestReport;
    if (!Array.isArray(report?.testResults)) throw new Error('it has no testResults');
    return report;
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`${path} is not a jest report (${why}). Make it with: ${commandOf(place, path)}`, { cause: error });
  }
}
