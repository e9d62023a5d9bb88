import { expect, test } from '@jest/globals';
import { LOGS, aloneCommand, failuresOf } from './failures.mjs';

const passed = { status: 'passed', fullName: 'When it works, then it passes', failureMessages: [] };
const failed = (/** @type {string} */ message) => ({
  status: 'failed',
  fullName: 'When it breaks, then it says so',
  failureMessages: [message],
});
const of = (/** @type {object} */ file, ran = { place: 'local', size: 'quick' }) =>
  failuresOf(
    { testResults: [{ name: '/shop/test/a.test.ts', message: '', assertionResults: [passed], ...file }], ran },
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
  expect(listed).toMatch(
    /line 6\n {4}run it alone: npm test -- test\/a\.test\.ts -t 'When it breaks, then it says so'$/,
  );
});

test('When a file cannot be run, then its own message is listed', () => {
  expect(of({ message: 'SyntaxError: no', assertionResults: [] })).toEqual([
    'test/a.test.ts\n    SyntaxError: no\n    run it alone: npm test -- test/a.test.ts',
  ]);
});

test('When pods have logged meanwhile, then all of that is listed after the beginning of the message', () => {
  const message = Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n');
  const logs = `${LOGS}\n  billing-v1-x\n    one\n    two`;
  const both = { status: 'failed', fullName: 'When it breaks', failureMessages: [message, logs] };
  expect(
    of({ assertionResults: [both] })[0]
      ?.split('\n')
      .slice(8),
  ).toEqual([
    '    line 7',
    `    ${LOGS}`,
    '      billing-v1-x',
    '        one',
    '        two',
    "    run it alone: npm test -- test/a.test.ts -t 'When it breaks'",
  ]);
});

test('When the tests ran in another place or size, then the command says so', () => {
  const listed = of({ assertionResults: [failed('no')] }, { place: 'kubernetes', size: 'full' });
  expect(listed[0]).toMatch('run it alone: PLACE=kubernetes SIZE=full npm test -- test/a.test.ts -t ');
});

test.each([
  [`it costs $5 and \`x\``, `'it costs $5 and \`x\`'`],
  [`it's "quoted" \\ and \\n`, `'it'\\''s "quoted" \\ and \\n'`],
  ['a*b (c) [d] | e?', "'a*b (c) [d] | e?'"],
])('When a title is %s, then a shell takes it as one word', (title, word) => {
  expect(aloneCommand({ file: 'a b.test.ts', title })).toBe(`npm test -- 'a b.test.ts' -t ${word}`);
});
