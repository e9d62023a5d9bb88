import { relative } from 'node:path';

/** @typedef {{ file: string, seconds: number, tests: { title: string, seconds: number }[] }} TimedFile */

/** How many files are listed. */
const MOST = 10;
/** Titles are cut at this column. */
const WIDTH = 140;

/** A unit test file that takes longer, in seconds, is named: `npm run test:quick` is what people run before each commit. */
const LONG_FOR_UNIT = 2;

/**
 * How long each test file took, from the file that jest --json writes.
 * @param {any} report
 * @param {string} [root] the folder to which paths are relative
 * @returns {TimedFile[]}
 */
export function filesOf({ testResults }, root = process.cwd()) {
  return testResults.map((/** @type {any} */ { name, startTime, endTime, assertionResults }) => ({
    file: relative(root, name),
    seconds: Math.max(0, endTime - startTime) / 1000 || 0,
    tests: assertionResults.map((/** @type {any} */ { fullName, duration }) => ({
      title: fullName,
      seconds: (duration ?? 0) / 1000,
    })),
  }));
}

/**
 * The lines of a summary about time: the slowest files, each with its slowest test, then the unit test files that are slow for their kind.
 * @param {{ name: string, files: TimedFile[] }[]} stages
 * @returns {string[]} empty without test files
 */
export function linesOfSlowest(stages) {
  const slowest = stages.flatMap(({ files }) => files).sort((a, b) => b.seconds - a.seconds);
  const units = stages.filter(({ name }) => name === 'unit').flatMap(({ files }) => files);
  const long = slowest.filter((timed) => units.includes(timed) && timed.seconds > LONG_FOR_UNIT);
  if (slowest.length === 0) return [];
  return [
    '  slowest files:',
    ...slowest.slice(0, MOST).map(lineOfFile),
    ...(long.length > 0 ? [lineOfLong(long)] : []),
    '',
  ];
}

/** @param {TimedFile} timed */
function lineOfFile({ file, seconds, tests }) {
  const [slowest] = [...tests].sort((a, b) => b.seconds - a.seconds);
  const part = slowest && tests.length > 1 ? `: ${inSeconds(slowest.seconds)} of it "${slowest.title}"` : '';
  const line = `  ${inSeconds(seconds).padStart(9)}  ${file}${part}`;
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

/** A busy machine makes many of them long, so only the first are named. @param {TimedFile[]} long */
function lineOfLong(long) {
  const named = long.slice(0, 3).map(({ file, seconds }) => `${file} (${inSeconds(seconds)})`);
  const more = long.length > named.length ? ` and ${long.length - named.length} more` : '';
  return `  over ${LONG_FOR_UNIT} s, which is long for a unit test: ${named.join(', ')}${more}`;
}

/** @param {number} seconds */
const inSeconds = (seconds) => `${seconds.toFixed(1)} s`;
