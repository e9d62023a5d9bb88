import type { Command } from 'commander';

/**
 * A command line, and its purpose. A test runs it on a laptop with a running shop, unless `where` says otherwise: `cluster`,
 * `run by ` and the file of the test that runs it, or `not run: ` and the reason.
 */
export type Example = readonly [line: string, purpose: string, where?: string];

const known = new WeakMap<Command, readonly Example[]>();

/** Shows examples below a command's help. Each line begins with `npx tuesday`. */
export function withExamples(command: Command, examples: readonly Example[]): Command {
  known.set(command, examples);
  return command.addHelpText('after', examplesText(command));
}

/** The examples that a command shows. */
export function examplesOf(command: Command): readonly Example[] {
  return known.get(command) ?? [];
}

/** The examples of a command as its help prints them, below an empty line. */
export function examplesText(command: Command): string {
  const examples = examplesOf(command);
  const width = Math.max(...examples.map(([line]) => line.length)) + 3;
  const lines = examples.map(([line, purpose]) => `  ${line.padEnd(width)}${purpose}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
