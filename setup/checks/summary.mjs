import { failuresOf } from './failures.mjs';
import { filesOf, linesOfSlowest } from './slowest.mjs';

/**
 * @typedef {{ passed: number, failed: number, broken: number, skipped: number, files: number, failures: string[],
 *   timed: import('./slowest.mjs').TimedFile[] }} Counts
 * @typedef {{ name: string, code: number, seconds: number, counts?: Counts | undefined }} Outcome
 */

/**
 * Counts from the file that jest --json writes. `broken` are files that could not be run: how many tests they have is unknown, so each counts as one failure.
 * @param {any} report
 * @returns {Counts}
 */
export function countsOf(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    broken: report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    files: report.numTotalTestSuites,
    failures: failuresOf(report),
    timed: filesOf(report),
  };
}

/**
 * The text at the end of a run: one line for each stage, what failed, what was not run, and the totals as the last line.
 * A stage that fails without a failed test (lint, or a jest that did not start) counts as one failure.
 * @param {Outcome[]} outcomes
 * @param {string[]} notRun
 * @param {{ seconds?: number, chosenByTitle?: boolean }} [run] `seconds` of the whole run: less than the sum where stages ran
 *   at once; `chosenByTitle`: the tests that jest reports as skipped are those with other titles
 * @returns {{ text: string, code: number }} code 0 only if every stage passed, tests ran, and none was skipped
 */
export function summarize(outcomes, notRun, { seconds = together(outcomes), chosenByTitle = false } = {}) {
  const sum = (/** @type {'passed' | 'failed' | 'broken' | 'skipped' | 'files'} */ key) =>
    outcomes.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  const testless = outcomes.filter(({ code, counts }) => code !== 0 && !counts?.failed && !counts?.broken).length;
  const [passed, failed] = [sum('passed'), sum('failed') + sum('broken') + testless];
  const skipped = chosenByTitle ? 0 : sum('skipped');
  const ran = passed + sum('failed');
  const lines = [
    ...outcomes.map((outcome) => line(outcome, chosenByTitle)),
    '',
    ...linesOfSlowest(outcomes.map(({ name, counts }) => ({ name, files: counts?.timed ?? [] }))),
    ...outcomes.flatMap(({ counts }) => counts?.failures ?? []).map((failure) => `  ✗ ${failure}\n`),
    `  ${ran} tests ran in ${sum('files')} files, ${seconds.toFixed(0)} s`,
    ...notRun.map((what) => `  not run: ${what}`),
    ...(ran === 0 ? [`  No test ran${chosenByTitle ? ': none of them has this title' : ''}: that is a failure.`] : []),
    ...(skipped > 0 ? ['  A skipped test is a failure: run it or remove it.'] : []),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ];
  const good = failed === 0 && skipped === 0 && ran > 0 && outcomes.every(({ code }) => code === 0);
  return { text: `${lines.join('\n')}\n`, code: good ? 0 : 1 };
}

/** @param {Outcome[]} outcomes */
const together = (outcomes) => outcomes.reduce((total, { seconds }) => total + seconds, 0);

/** @param {Outcome} outcome @param {boolean} chosenByTitle */
function line({ name, code, seconds, counts }, chosenByTitle) {
  const parts = counts
    ? [`${counts.passed + counts.failed} tests in ${counts.files} ${counts.files === 1 ? 'file' : 'files'}`]
    : [];
  if (counts?.failed) parts.push(`${counts.failed} failed`);
  if (counts?.broken) parts.push(`${counts.broken} files could not be run`);
  if (counts?.skipped && !chosenByTitle) parts.push(`${counts.skipped} skipped`);
  if (!counts?.failed && !counts?.broken) parts.push(code === 0 ? 'ok' : 'FAILED');
  return `  ${name.padEnd(10)} ${parts.join(', ').padEnd(48)} ${seconds.toFixed(1).padStart(7)} s`;
}
