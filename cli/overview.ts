import type { Command } from 'commander';
import { examplesText } from './examples.ts';

/**
 * The answer to a command line that ends at a group of commands: for `npx tuesday` alone the names of all commands with
 * examples, for a group such as `rollout` its help. Undefined where the words name a command, or nothing that exists.
 */
export function overviewFor(program: Command, words: readonly string[]): string | undefined {
  const named = commandNamed(program, words);
  if (named === undefined || named.commands.length === 0) return undefined;
  return named === program ? overview(program) : helpOf(named);
}

function commandNamed(program: Command, words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (group, word) => group?.commands.find((one) => one.name() === word || one.aliases().includes(word)),
    program,
  );
}

function overview(program: Command): string {
  const groups = [...Map.groupBy(program.commands, (command) => command.helpGroup())];
  const width = Math.max(...groups.map(([title]) => title.length)) + 3;
  const lines = groups.map(
    ([title, commands]) => `  ${title.padEnd(width)}${commands.map((one) => one.name()).join(', ')}\n`,
  );
  return `${program.description()}

${lines.join('')}${examplesText(program)}

  Next:  npx tuesday --help           what each command does
         npx tuesday traffic --help   the options of one
`;
}

/** The help with the examples below it. */
function helpOf(command: Command): string {
  return `${command.helpInformation()}${examplesText(command)}\n`;
}
