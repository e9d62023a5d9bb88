import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import type { Copy } from './copy.ts';
import { createJudge } from './judge.ts';
import { mutate } from './mutant.ts';
import { MUTANTS } from './table.ts';

const edit = { file: 'a.ts', find: 'a && b', replace: 'a' };

test('When the text occurs once, then it is replaced literally', () => {
  expect(mutate('if (a && b) c();', edit)).toBe('if (a) c();');
  expect(mutate('if (a && b) c();', { ...edit, replace: '$&' })).toBe('if ($&) c();');
});

test.each([
  ['does not occur', 'if (a) c();', 0],
  ['occurs twice', 'a && b; a && b;', 2],
])('When the text %s, then an error asks to update the mutant', (_case, text, count) => {
  expect(() => mutate(text, edit)).toThrow(`a.ts contains the text to change ${count} times, not once: "a && b"`);
});

test('When mutants are listed, then each name is unique', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

test('When a mutant names a test file, then that file exists', () => {
  const missing = MUTANTS.filter(({ tests }) => !existsSync(new URL(`../../${tests}`, import.meta.url)));
  expect(missing.map(({ name, tests }) => `${name}: ${tests}`)).toEqual([]);
});

test('When a mutant changes files, then each text to change is there once', () => {
  const faults = MUTANTS.flatMap(({ name, edits }) => {
    const texts = new Map<string, string>();
    try {
      for (const one of edits) {
        const text = texts.get(one.file) ?? readFileSync(new URL(`../../${one.file}`, import.meta.url), 'utf8');
        texts.set(one.file, mutate(text, one));
      }
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
  expect(faults).toEqual([]);
});

describe('judging', () => {
  const files = new Map<string, string>();
  const copy = {
    read: (file) => files.get(file) ?? '',
    write: (file, text) => void files.set(file, text),
    folder: '',
  } as Copy;

  const mutant = { name: 'b', edits: [edit], tests: 'a.test.ts', title: 'When a, then b' };
  /** A judge whose tests have the result `before` without the change, and `after` with it. */
  const judgeOf = (before: string, after: string) =>
    createJudge(copy, [mutant], async () => ({
      output: 'SyntaxError',
      of: () => (files.get('a.ts')?.includes('&&') ? before : after) as 'passed',
    }));

  test.each([
    ['passed', 'failed', true, ''],
    ['passed', 'passed', false, 'the test still passes'],
    ['passed', 'absent', false, 'the test did not run at all'],
    ['failed', 'failed', false, 'the test fails without the change as well'],
    ['absent', 'failed', false, 'there is no test of this title'],
  ])('When the test has %s before and %s after, then noticed is %s', async (before, after, noticed, why) => {
    files.set('a.ts', 'if (a && b) c();');
    const judgement = await judgeOf(before, after)(mutant);
    expect(judgement.noticed).toBe(noticed);
    expect(judgement.why).toContain(why);
    expect(files.get('a.ts')).toBe('if (a && b) c();');
  });
});
