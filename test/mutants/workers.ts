import type { Judgement } from './judge.ts';
import type { Mutant } from './mutant.ts';

export type Judge = (mutant: Mutant) => Promise<Judgement>;

/**
 * Judges mutants with several judges at once, each in its own copy of the tree. The mutants of one test file stay with one
 * judge, which runs that file once without a change; the files with most mutants come first, so that no judge ends long after
 * the others.
 * @param tell called when a mutant has been judged; `seconds` without the time that it waited
 */
export async function judgeAll(
  mutants: readonly Mutant[],
  judges: readonly Judge[],
  tell: (mutant: Mutant, judgement: Judgement, seconds: number) => void,
): Promise<void> {
  const files = [...Map.groupBy(mutants, ({ tests }) => tests).values()].sort((a, b) => b.length - a.length);
  async function work(judge: Judge): Promise<void> {
    for (let file = files.shift(); file; file = files.shift())
      for (const mutant of file) {
        const start = Date.now();
        tell(mutant, await judge(mutant), (Date.now() - start) / 1000);
      }
  }
  await Promise.all(judges.map(work));
}
