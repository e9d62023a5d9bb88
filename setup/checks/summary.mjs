import { failuresOf } from './failures.mjs';

/**
 * @typedef {{ passed: number, failed: number, broken: number, skipped: number, files: number, failures: string[] }} Counts
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
  };
}

/**
 * The text at the end of a run: one line for each stage, what failed, what was not run, and the totals as the last line.
 * A stage that fails without a failed test (lint, or a jest that did not start) counts as one failure.
 * @param {Outcome[]} outcomes
 * @param {string[]} notRun
 * @param {number} [seconds] of the whole run: less than the sum where stages ran at once
 * @returns {{ text: string, code: number }} code 0 only if every stage passed, tests ran, and none was skipped
 */
export function summarize(outcomes, notRun, seconds = outcomes.reduce((total, outcome) => total + outcome.seconds, 0)) {
  const sum = (/** @type {Exclude<keyof Counts, 'failures'>} */ key) =>
    outcomes.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  const testless = outcomes.filter(({ code, counts }) => code !== 0 && !counts?.failed && !counts?.broken).length;
  const [passed, skipped, failed] = [sum('passed'), sum('skipped'), sum('failed') + sum('broken') + testless];
  const ran = passed + sum('failed');
  const lines = [
    ...outcomes.map(line),
    '',
    ...outcomes.flatMap(({ counts }) => counts?.failures ?? []).map((failure) => `  ✗ ${failure}\n`),
    `  ${ran} tests ran in ${sum('files')} files, ${seconds.toFixed(0)} s`,
    ...notRun.map((what) => `  not run: ${what}`),
    ...(ran === 0 ? ['  No test ran: that is a failure.'] : []),
    ...(skipped > 0 ? ['  A skipped test is a failure: run it or remove it.'] : []),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ];
  const good = failed === 0 && skipped === 0 && ran > 0 && outcomes.every(({ code }) => code === 0);
  return { text: `${lines.join('\n')}\n`, code: good ? 0 : 1 };
}

/** @param {Outcome} outcome */
function line({ name, code, seconds, counts }) {
  const parts = counts
    ? [`${counts.passed + counts.failed} tests in ${counts.files} ${counts.files === 1 ? 'file' : 'files'}`]
    : [];
  if (counts?.failed) parts.push(`${counts.failed} failed`);
  if (counts?.broken) parts.push(`${counts.broken} files could not be run`);
  if (counts?.skipped) parts.push(`${counts.skipped} skipped`);
  if (!counts?.failed && !counts?.broken) parts.push(code === 0 ? 'ok' : 'FAILED');
  return `  ${name.padEnd(10)} ${parts.join(', ').padEnd(48)} ${seconds.toFixed(1).padStart(7)} s`;
}
