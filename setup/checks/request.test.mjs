import { expect, test } from '@jest/globals';
import { readRequest, selection } from './request.mjs';

const all = { help: false, quick: false, patterns: [] };

test('When there are no words, then everything is run', () => {
  expect(readRequest([])).toEqual(all);
  expect(selection(all)).toEqual([]);
});

test('When words are given, then they are parts of paths, also with ./ and from the root of the machine', () => {
  const words = ['packages/mesh', './test/e2e/money.test.ts', '/clone/cli/a.test.ts'];
  expect(readRequest(words, '/clone')).toEqual({
    ...all,
    patterns: ['packages/mesh', 'test/e2e/money.test.ts', 'cli/a.test.ts'],
  });
});

test('When a title is given, then it is a part of the title', () => {
  expect(readRequest(['cli', '-t', 'When it (a|b)'])).toEqual({ ...all, patterns: ['cli'], title: 'When it (a|b)' });
});

test('When words and titles have characters with a meaning for jest, then they mean themselves', () => {
  const [path = '', title = ''] = selection({ patterns: ['a.b/[c]'], title: 'costs $5 (or 1*2+3?) ^{x}|y\\' });
  const pattern = (/** @type {string} */ argument) => new RegExp(argument.slice(argument.indexOf('=') + 1));
  expect('a.b/[c]').toMatch(pattern(path));
  expect('axb/[c]').not.toMatch(pattern(path));
  expect('When it costs $5 (or 1*2+3?) ^{x}|y\\, then').toMatch(pattern(title));
});

test.each([
  [['--watch'], 'npm test has no --watch. See npm test -- --help'],
  [['cli', '-t'], "-t needs a part of a test's title: npm test -- -t 'When a test fails'"],
  [['--report'], '--report needs a file: npm test -- --report outcomes.json'],
  [['--quick', 'cli'], 'npm run test:quick takes no words. A part of the tests is run by: npm test -- PATTERN'],
])('When the words are %j, then one sentence says what is wrong', (words, sentence) => {
  expect(() => readRequest(words)).toThrow(sentence);
});
