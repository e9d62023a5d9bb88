import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Copy } from './copy.ts';
import { copyTree } from './copy.ts';
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

describe('judging', () => {
  const ROOT = fileURLToPath(new URL('../..', import.meta.url));
  const files = new Map<string, string>();
  const copy = {
    read: (file) => files.get(file) ?? '',
    write: (file, text) => void files.set(file, text),
    folder: '',
  } as Copy;

  /** A judge whose tests have the result `before` without the change, and `after` with it. */
  const judgeOf = (before: string, after: string) =>
    createJudge(copy, async () => ({
      output: 'SyntaxError',
      of: () => (files.get('a.ts')?.includes('&&') ? before : after) as 'passed',
    }));
  const mutant = { name: 'b', edits: [edit], tests: 'a.test.ts', title: 'When a, then b' };

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

  test('When the tree is copied, then its own packages are linked to the copy, and the copy is removed', () => {
    let folder = '';
    {
      using copy = copyTree(ROOT);
      folder = copy.folder;
      expect(copy.read('node_modules/@tuesday/service/package.json')).toBe(copy.read('packages/service/package.json'));
      copy.write('packages/service/package.json', '{}');
      expect(copy.read('node_modules/@tuesday/service/package.json')).toBe('{}');
      expect(existsSync(join(folder, '.git'))).toBe(false);
    }
    expect(existsSync(folder)).toBe(false);
  });
});
