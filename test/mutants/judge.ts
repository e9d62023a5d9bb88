import type { Copy } from './copy.ts';
import { runTests } from './jest.ts';
import type { TestRun } from './jest.ts';
import { mutate } from './mutant.ts';
import type { Mutant } from './mutant.ts';

export interface Judgement {
  noticed: boolean;
  /** The reason if it was not noticed. */
  why: string;
}

/** Judges some of `mutants` in one copy of the tree, one after the other; `run` is jest. */
export function createJudge(
  copy: Copy,
  mutants: readonly Mutant[],
  run: typeof runTests = runTests,
): (mutant: Mutant) => Promise<Judgement> {
  const unmutatedRuns = new Map<string, Promise<TestRun>>();

  /** The tests of all mutants of a file without a change, run once: a test that fails anyway shows nothing. */
  function unmutated({ tests }: Mutant): Promise<TestRun> {
    const titles = mutants.filter((one) => one.tests === tests).map(({ title }) => title);
    const known = unmutatedRuns.get(tests) ?? run(copy.folder, { tests, titles });
    unmutatedRuns.set(tests, known);
    return known;
  }

  return async function judge(mutant) {
    const { edits, tests, title } = mutant;
    const before = await unmutated(mutant);
    if (before.of(title) === 'absent')
      return { noticed: false, why: `there is no test of this title in ${tests}:\n${tail(before.output)}` };
    if (before.of(title) === 'failed') return { noticed: false, why: 'the test fails without the change as well' };
    const originals = new Map<string, string>();
    try {
      for (const edit of edits) {
        const text = copy.read(edit.file);
        if (!originals.has(edit.file)) originals.set(edit.file, text);
        copy.write(edit.file, mutate(text, edit));
      }
      const after = await run(copy.folder, { tests, titles: [title] });
      if (after.of(title) === 'failed') return { noticed: true, why: '' };
      const broken = `the test did not run at all, so the change breaks more than the guard:\n${tail(after.output)}`;
      return { noticed: false, why: after.of(title) === 'passed' ? 'the test still passes' : broken };
    } catch (error) {
      return { noticed: false, why: error instanceof Error ? error.message : String(error) };
    } finally {
      for (const [file, text] of originals) copy.write(file, text);
    }
  };
}

const tail = (output: string) =>
  output
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `      ${line}`)
    .join('\n');
