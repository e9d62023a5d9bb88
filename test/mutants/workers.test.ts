import { expect, test } from '@jest/globals';
import type { Mutant } from './mutant.ts';
import { type Judge, judgeAll } from './workers.ts';

const mutant = (name: string, tests: string): Mutant => ({ name, tests, edits: [], title: 'When' });
const MUTANTS = [
  mutant('a', 'one.test.ts'),
  mutant('b', 'many.test.ts'),
  mutant('c', 'other.test.ts'),
  mutant('d', 'many.test.ts'),
  mutant('e', 'many.test.ts'),
];

test('When two judges work, then each mutant is judged once, and those of one file one after the other by one of them', async () => {
  const verdicts: string[] = [];
  const by = new Map<string, Set<number>>();
  const busy = new Set<string>();
  const judge =
    (number: number): Judge =>
    async ({ tests, name }) => {
      expect(busy).not.toContain(tests);
      busy.add(tests);
      by.set(tests, (by.get(tests) ?? new Set()).add(number));
      await new Promise((resolve) => setTimeout(resolve, tests === 'many.test.ts' ? 20 : 1));
      busy.delete(tests);
      return { noticed: name !== 'd', why: '' };
    };
  await judgeAll(MUTANTS, [judge(1), judge(2)], ({ name }, { noticed }) => verdicts.push(`${name} ${noticed}`));
  expect(verdicts.sort()).toEqual(['a true', 'b true', 'c true', 'd false', 'e true']);
  expect([...by.values()].map(({ size }) => size)).toEqual([1, 1, 1]);
  expect(by.get('one.test.ts')).not.toEqual(by.get('many.test.ts'));
  expect(by.get('other.test.ts')).not.toEqual(by.get('many.test.ts'));
});
