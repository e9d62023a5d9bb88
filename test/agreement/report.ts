import { readFileSync } from 'node:fs';

/** One test of a run: its file from the repository's root, its name, and what came of it. */
export interface Outcome {
  file: string;
  name: string;
  passed: boolean;
}

/** A report of jest (`--json --outputFile`), as far as it counts here. */
interface JestReport {
  startTime: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** What one place came to. */
export interface PlaceReport {
  place: string;
  /** When the run began. */
  at: Date;
  outcomes: Outcome[];
}

/** Reads a report of jest. Throws an Error whose sentence names the file and the way out. */
export function readReport(place: string, path: string): PlaceReport {
  const report = parsed(path);
  const outcomes = report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName: name, status }) => ({
      file: file.replace(/^.*\/(?=test\/(e2e|browser)\/)/, ''),
      name,
      passed: status === 'passed',
    })),
  );
  return { place, at: new Date(report.startTime), outcomes };
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

function parsed(path: string): JestReport {
  const way = `Make it with: PLACE=… SIZE=full npm run test:e2e -- --json --outputFile=${path}`;
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as JestReport;
    if (!Array.isArray(report.testResults)) throw new Error('it has no testResults');
    return report;
  } catch (error) {
    throw new Error(`${path} is no report of jest (${(error as Error).message}). ${way}`, { cause: error });
  }
}
