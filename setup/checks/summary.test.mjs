import { expect, test } from '@jest/globals';
import { countsOf, summarize } from './summary.mjs';

const report = (/** @type {object} */ more = {}) =>
  countsOf({
    numPassedTests: 10,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numTotalTestSuites: 3,
    testResults: [],
    ...more,
  });
const lint = { name: 'lint', code: 0, seconds: 0.4 };
const unit = (/** @type {object} */ more = {}, code = 0) => ({
  name: 'unit',
  code,
  seconds: 12.3,
  counts: report(more),
});
const last = (/** @type {string} */ text) => text.trimEnd().split('\n').at(-1);

test('When everything passes, then the end says how many tests ran, where, what did not run, and last the totals', () => {
  const { text, code } = summarize([lint, unit(), { ...unit(), name: 'e2e' }], ['PLACE=kubernetes (no test cluster)']);
  expect(code).toBe(0);
  expect(text).toMatch(/lint +ok +0\.4 s\n +unit +10 tests in 3 files, ok +12\.3 s\n/);
  expect(text).toMatch(/20 tests ran in 6 files, 25 s\n +not run: PLACE=kubernetes \(no test cluster\)\n/);
  expect(last(text)).toBe('20 passed, 0 failed');
});

test('When a file cannot be run, then it is counted as a file and not as a test', () => {
  const { text } = summarize([unit({ numRuntimeErrorTestSuites: 2, numTotalTestSuites: 5 }, 1)], []);
  expect(text).toMatch(/unit +10 tests in 5 files, 2 files could not be run /);
  expect(text).toMatch(/10 tests ran in 5 files/);
});

test('When a test fails, then it is listed at the end', () => {
  const one = { status: 'failed', fullName: 'When it breaks', failureMessages: ['Expected: 1'] };
  const testResults = [{ name: 'a.test.ts', message: '', assertionResults: [one] }];
  const { text } = summarize([lint, unit({ numPassedTests: 9, numFailedTests: 1, testResults }, 1)], []);
  expect(text).toMatch(
    /✗ .*a\.test\.ts › When it breaks\n {4}Expected: 1\n {4}run it alone: npm test -- .*\n\n {2}10 tests ran/,
  );
});

test('When tests were chosen by their title, then those with other titles are not counted as skipped', () => {
  const { text, code } = summarize([unit({ numPassedTests: 1, numPendingTests: 9 })], [], { chosenByTitle: true });
  expect(code).toBe(0);
  expect(text).toMatch(/unit +1 tests in 3 files, ok/);
  expect(last(text)).toBe('1 passed, 0 failed');
  const none = summarize([unit({ numPassedTests: 0, numPendingTests: 10 })], [], { chosenByTitle: true });
  expect(none.code).toBe(1);
  expect(none.text).toMatch('No test ran: none of them has this title: that is a failure.');
});

test('When a run has ended, then its slowest files are listed before what failed', () => {
  const timed = { name: 'a.test.ts', startTime: 1000, endTime: 2500, message: '', assertionResults: [] };
  const { text } = summarize([lint, unit({ testResults: [timed] })], []);
  expect(text).toMatch(/slowest files:\n +1\.5 s {2}.*a\.test\.ts\n\n {2}10 tests ran/);
});

test.each([
  ['a test fails', [lint, unit({ numPassedTests: 9, numFailedTests: 1 }, 1)], '9 passed, 1 failed'],
  ['a file cannot be run', [lint, unit({ numRuntimeErrorTestSuites: 1 }, 1)], '10 passed, 1 failed'],
  ['the lint fails', [{ ...lint, code: 1 }, unit()], '10 passed, 1 failed'],
  ['jest does not start', [lint, unit(), { name: 'e2e', code: 1, seconds: 1 }], '10 passed, 1 failed'],
  ['a test is skipped', [lint, unit({ numPendingTests: 2 })], '10 passed, 0 failed, 2 skipped'],
  ['a test is only planned', [lint, unit({ numTodoTests: 1 })], '10 passed, 0 failed, 1 skipped'],
  ['no test ran', [lint, unit({ numPassedTests: 0, numTotalTestSuites: 0 })], '0 passed, 0 failed'],
])('When %s, then the run fails and the last line says so', (_case, outcomes, line) => {
  const { text, code } = summarize(outcomes, []);
  expect(code).toBe(1);
  expect(last(text)).toBe(line);
});
