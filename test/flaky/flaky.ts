import { ROOT } from '../../places/repository.ts';
import { startBusyLoops } from './busy.ts';
import type { Options } from './options.ts';
import { type Round, runRound } from './round.ts';
import { roundLine, tableOf } from './table.ts';

const NPM_TEST = [process.execPath, `${ROOT}/setup/test.mjs`];

/**
 * Runs the suite several times on a busy machine, and prints what failed.
 * @param command the suite; it takes `--report FILE` as `npm test` does
 * @returns the exit code: 1 if a round failed, 130 if it was interrupted
 */
export async function runFlaky(
  { rounds: count, words }: Pick<Options, 'rounds' | 'words'>,
  { signal, command = NPM_TEST }: { signal: AbortSignal; command?: readonly string[] },
): Promise<number> {
  using _loops = startBusyLoops();
  const rounds: Round[] = [];
  while (rounds.length < count && !signal.aborted) {
    const name = `round ${rounds.length + 1} of ${count}`;
    console.info(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
    const round = await runRound([...command, ...words], signal);
    if (signal.aborted) break;
    rounds.push(round);
    console.info(`\n${roundLine(round, name)}`);
  }
  console.info(`\n${tableOf(rounds)}`);
  if (signal.aborted) return 130;
  return rounds.every(({ failed }) => failed.length === 0) ? 0 : 1;
}
