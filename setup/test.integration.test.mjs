import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('test.mjs', import.meta.url));

/** `npm test -- WORD…`, in this tree. */
function npmTest(/** @type {string[]} */ ...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('When a word is in no path of a test, then one sentence says so', () => {
  const { status, stdout, stderr } = npmTest('no/such/path', 'nor-this');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  // Lines of the set-up may stand before it.
  expect(stderr).toMatch(
    'There is no test file whose path contains "no/such/path" or "nor-this". For example: npm test -- packages/mesh\n',
  );
});

test('When a word and a title are given, then only what both choose is run, in the project of the file', () => {
  const { status, stdout } = npmTest('setup/checks/slowest', '-t', 'When no test has run');
  expect(stdout).toMatch(/── unit ─+\n\n +unit +1 tests in 1 file, ok/);
  expect(stdout).not.toMatch(/lint|e2e/);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed');
  expect(status).toBe(0);
});

test('When no test has the title, then the run fails', () => {
  const { status, stdout } = npmTest('setup/checks/slowest', '-t', 'no such title');
  expect(stdout).toMatch('No test ran: none of them has this title: that is a failure.');
  expect(status).toBe(1);
});

test('When help is asked for, then it has examples', () => {
  const { status, stdout } = npmTest('--help');
  expect(stdout).toMatch(/Examples:\n {2}npm test -- packages\/mesh/);
  expect(status).toBe(0);
});
