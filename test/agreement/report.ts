import { readFileSync } from 'node:fs';

/** One test of a run: its file from the repository's root, its name, and what came of it. */
export interface Outcome {
  file: string;
  name: string;
  state: 'passed' | 'failed' | 'skipped';
}

/** Where and how a run was, as test/support/jest/ran.mjs notes it in jest's report. */
export interface Ran {
  place: string;
  size: string;
  node: string;
}

/** A report of jest (`--json --outputFile`), as far as it counts here. */
interface JestReport {
  startTime: number;
  /** Reports made by hand or before this was noted have none. */
  ran?: Ran;
  testResults: { name: string; status?: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** What one place came to. */
export interface PlaceReport {
  place: string;
  /** When the run began. */
  at: Date;
  /** The version of Node.js that asked; undefined where the report does not say. */
  node: string | undefined;
  outcomes: Outcome[];
}

/** How a report is made. */
export const commandOf = (place: string, path: string): string =>
  `PLACE=${place} SIZE=full npm run test:e2e -- --json --outputFile=${path}`;

/** The name that a file goes by where it could not even be loaded, or was not run at all. */
export const WHOLE = 'the file as a whole';

/** Reads a report of jest. Throws an Error whose sentence names the file and the way out. */
export function readReport(place: string, path: string): PlaceReport {
  const { startTime, ran, testResults } = parsed(place, path);
  const way = `Make it with: ${commandOf(place, path)}`;
  if (ran && ran.place !== place) throw new Error(`${path} is a report of PLACE=${ran.place}, not of ${place}. ${way}`);
  if (ran && ran.size !== 'full') throw new Error(`${path} is a report of the ${ran.size} size, not of all. ${way}`);
  return { place, at: new Date(startTime), node: ran?.node, outcomes: testResults.flatMap(outcomesOf) };
}

function outcomesOf({ name, status, assertionResults }: JestReport['testResults'][number]): Outcome[] {
  const file = name.replace(/^.*\/(?=test\/(e2e|browser)\/)/, '');
  // Jest gives no test of a file that threw before its first one.
  if (status === 'failed' && assertionResults.length === 0) return [{ file, name: WHOLE, state: 'failed' }];
  return assertionResults.map((one) => ({ file, name: one.fullName, state: stateOf(one.status) }));
}

/** Jest's `pending`, `todo` and `disabled` are all tests that somebody has switched off. */
function stateOf(status: string): Outcome['state'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/** One report a place: of several for the same place, a file counts as the last of them has it. */
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
    throw new Error(`${path} is no report of jest (${why}). Make it with: ${commandOf(place, path)}`, { cause: error });
  }
}
