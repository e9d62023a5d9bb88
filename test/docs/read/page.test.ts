import { expect, test } from '@jest/globals';
import { readPage } from './page.ts';
import { stands } from './outcome.ts';

const fence = (first: string, ...lines: string[]) => ['```' + first, ...lines, '```', ''].join('\n');
const read = (...parts: string[]) => readPage('a.md', parts.join('\n'));

test('When blocks of sh have a place, a reason or a test, then each is read with its line', () => {
  const page = read('# A', fence('sh', 'a'), fence('sh cluster', 'b'), fence('sh fresh', 'c'), fence('ts', 'no'));
  const more = read(fence('sh not run: needs root', 'd'), fence('sh run by test/a.test.ts', 'e'), fence('', 'a  b'));
  expect([page.faults, more.faults]).toEqual([[], []]);
  expect([...page.blocks, ...more.blocks].map(({ at, where }) => [at, where])).toEqual([
    ['a.md:2', { place: 'laptop' }],
    ['a.md:6', { place: 'cluster' }],
    ['a.md:10', { place: 'fresh' }],
    ['a.md:1', { notRun: 'needs root' }],
    ['a.md:5', { runBy: 'test/a.test.ts' }],
  ]);
});

test('When a block stands in a list, then it is read too', () => {
  expect(read('1. first', '', '   ```sh', '   npm test', '   ```').blocks).toMatchObject([
    { at: 'a.md:3', commands: [{ line: 4, text: 'npm test' }] },
  ]);
});

test.each([
  ['its place is unknown', fence('sh moon', 'a'), 'a.md:1: "moon" is no place. Write sh alone (a laptop), sh cluster'],
  ['its reason is empty', fence('sh not run:', 'a'), 'a.md:1: "not run:" has no reason.'],
  ['its reason has no colon', fence('sh not run', 'a'), 'a.md:1: "not run" is no place.'],
  ['no test is named', fence('sh run by', 'a'), 'a.md:1: "run by" is no place.'],
  ['it is of bash', fence('bash', 'a'), 'a.md:1: a block of bash is not run.'],
  ['it is of a console', fence('console', '$ a'), 'a.md:1: a block of console is not run.'],
  ['it has a prompt and no language', fence('', '$ a'), 'a.md:1: this block has commands and no language.'],
  ['it has a command and no language', fence('', 'npm test'), 'a.md:1: this block has commands and no language.'],
])('When a block has no place because %s, then there is one sentence with file and line', (_, text, sentence) => {
  const { blocks, faults } = read(text);
  expect(blocks).toEqual([]);
  expect(faults).toEqual([expect.stringContaining(sentence)]);
});

test('When a command has several lines, then it is one', () => {
  const lines = [
    'one \\',
    '  --more',
    '',
    "two 'a",
    "b'",
    'three <<END # → three',
    'text',
    'END',
    '# only a comment',
    'four',
  ];
  expect(read(fence('sh', ...lines)).blocks[0]!.commands).toEqual([
    { line: 2, text: 'one \\\n  --more', outcomes: [] },
    { line: 5, text: "two 'a\nb'", outcomes: [] },
    { line: 7, text: 'three <<END # → three\ntext\nEND', outcomes: ['three'] },
    { line: 11, text: 'four', outcomes: [] },
  ]);
});

test('When comments and a text block state outcomes, then they belong to their command and to the block', () => {
  const commands = ['a   # what it does → it works', 'b "# → no comment"', 'c', '# → here', '# → and there'];
  const [block, other] = read(
    fence('sh', ...commands),
    fence('text', 'all'),
    'It prints:',
    fence('sh', 'd'),
    'so',
    fence('text', 'no'),
  ).blocks;
  expect(block!.commands.map(({ outcomes }) => outcomes)).toEqual([['it works'], [], ['here', 'and there']]);
  expect([block!.outcomes, other!.outcomes]).toEqual([['all\n'], []]);
});

test.each([
  ['pods ready', 'the pods   ready now', true],
  ['pods … ready', 'pods\n  a 1/1\n  b\nready', true],
  ['recommendations-… 2/2', 'recommendations-v1-x2   2/2', true],
  ['a (b) [c] 1.5 $', 'a (b) [c] 1.5 $', true],
  ['1.5', '1x5', false],
  ['ready … pods', 'pods ready', false],
  ['first\nsecond\n', '  first\n  second', true],
])('When %j is stated and %j is printed, then it stands: %s', (outcome, printed, expected) => {
  expect(stands(outcome, printed)).toBe(expected);
});
