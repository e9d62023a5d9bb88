import { expect, test } from '@jest/globals';
import { failuresOf } from './failures.mjs';

const passed = { status: 'passed', fullName: 'When it works, then it passes', failureMessages: [] };
const failed = (/** @type {string} */ message) => ({
  status: 'failed',
  fullName: 'When it breaks, then it says so',
  failureMessages: [message],
});
const of = (/** @type {object} */ file) =>
  failuresOf(
    { testResults: [{ name: '/shop/test/a.test.ts', message: '', assertionResults: [passed], ...file }] },
    '/shop',
  );

test('When no test fails, then no failure is listed', () => {
  expect(of({})).toEqual([]);
});

test('When a test fails, then its file, its name and the beginning of its message are listed, without colours', () => {
  const message = `\u001B[31mExpected: 1\u001B[39m\n\n${Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n')}`;
  const [listed, ...others] = of({ message: 'all of it', assertionResults: [passed, failed(message)] });
  expect(others).toEqual([]);
  expect(listed).toMatch(/^test\/a\.test\.ts › When it breaks, then it says so\n {4}Expected: 1\n {4}line 0\n/);
  expect(listed).toMatch(/line 6$/);
});

test('When a file cannot be run, then its own message is listed', () => {
  expect(of({ message: 'SyntaxError: no', assertionResults: [] })).toEqual(['test/a.test.ts\n    SyntaxError: no']);
});
