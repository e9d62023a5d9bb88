import type { Command } from 'commander';

/** A command line, and its purpose. */
export type Example = readonly [line: string, purpose: string];

const known = new WeakMap<Command, readonly Example[]>();

/** Shows examples below a command's help. Each line begins with `npx tuesday`. */
export function withExamples(command: Command, examples: readonly Example[]): Command {
  known.set(command, examples);
  const width = Math.max(...examples.map(([line]) => line.length)) + 3;
  const lines = examples.map(([line, purpose]) => `  ${line.padEnd(width)}${purpose}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** The examples that a command shows. */
export function examplesOf(command: Command): readonly Example[] {
  return known.get(command) ?? [];
}
