import { expect, test } from '@jest/globals';
import { readOptions } from './options.ts';
import { readPage } from './read/page.ts';
import { type Row, lineOf, rowsNotRun, summaryOf } from './rows.ts';

const text = ['```sh', 'a', '```', '```sh cluster', 'b', '```', '```sh not run: needs root', 'c', '```'].join('\n');
const rest = ['', '```sh run by test/a.test.ts', 'd', '```', '```bash', 'e', '```'].join('\n');

test('When a run lists what it does not run, then each block has its reason, and one without a place is unexplained', () => {
  expect(rowsNotRun(readPage('a.md', text + rest), ['laptop', 'fresh'])).toEqual([
    { at: 'a.md:13', state: 'unexplained', reason: 'a block of bash is not run. Write sh and its place instead.' },
    { at: 'a.md:4', state: 'not run', reason: 'PLACE=kubernetes npm run docs:check runs it' },
    { at: 'a.md:7', state: 'not run', reason: 'needs root' },
    { at: 'a.md:10', state: 'not run', reason: 'test/a.test.ts runs it' },
  ]);
  expect(rowsNotRun(readPage('a.md', text), ['cluster'])[0]).toEqual({
    at: 'a.md:1',
    state: 'not run',
    reason: 'PLACE=local npm run docs:check runs it',
  });
});

test.each<[string, Row, string]>([
  ['passes', { at: 'a.md:1 true', state: 'passed', place: 'fresh', seconds: 1.25 }, '     1.3 s  fresh    a.md:1 true'],
  [
    'fails',
    { at: 'a.md:1 false', state: 'failed', place: 'laptop', reason: 'one\ntwo\n' },
    '✗   FAILED  laptop   a.md:1 false\n          one\n          two',
  ],
  ['is not run', { at: 'a.md:1', state: 'not run', reason: 'needs root' }, '   not run           a.md:1: needs root'],
  ['has no place', { at: 'a.md:1', state: 'unexplained', reason: 'why' }, '✗ no place           a.md:1: why'],
])('When a block %s, then its line says so', (_, row, line) => {
  expect(lineOf(row)).toBe(line);
});

test.each<[string, Row['state'][], number]>([
  ['all pass or have a reason', ['passed', 'not run', 'listed'], 0],
  ['one fails', ['passed', 'failed'], 1],
  ['one has no place', ['passed', 'unexplained'], 1],
  ['there is none', [], 1],
])('When %s, then the exit code is right', (_, states, code) => {
  const rows = states.map((state): Row => ({ at: 'a.md:1', state }));
  expect(summaryOf(rows, 1).code).toBe(code);
});

test('When the words of the command are read, then they are documents, and a wrong one is one sentence', () => {
  expect(readOptions(['README', 'istio', '--list', '-o', 'json'])).toEqual({
    words: ['README', 'istio'],
    list: true,
    json: true,
    help: false,
  });
  expect(() => readOptions(['-o', 'yaml'])).toThrow('-o takes "json", not "yaml".');
  expect(() => readOptions(['--lst'])).toThrow(/--lst/);
});
