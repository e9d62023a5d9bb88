import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { examplesOf } from './examples.ts';
import { createProgram } from './program.ts';
import { stringCli } from './testing/run-cli.ts';

/** A program whose commands do nothing: what is left is the reading of the words. */
function parser(): Command {
  const program = createProgram(stringCli({ state: '/nowhere' }), () => Promise.reject(new Error('unused')));
  for (const command of every(program)) if (command.commands.length === 0) command.action(() => undefined);
  return program;
}

function every(command: Command): Command[] {
  return [command, ...command.commands.flatMap(every)];
}

const commands = every(parser()).map((command) => [pathOf(command), command] as const);

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

test.each(commands)('When `%s --help` is asked for, then it ends with examples of that command', (path, command) => {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  const lines = examplesOf(command).map(([line]) => line);
  expect(help).toContain('\nExamples:\n');
  for (const line of lines) expect(help).toContain(`  ${line}`);
  const own = path.replace(/^tuesday/, 'npx tuesday');
  for (const line of lines) expect(line).toContain(own);
});

const lines = commands.flatMap(([, command]) => examplesOf(command).map(([line]) => line));
test.each([...new Set(lines)])('When the example `%s` is typed, then it is a valid command line', async (line) => {
  const words = [...line.replace(/^.*npx tuesday /, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  await expect(parser().parseAsync(words, { from: 'user' })).resolves.toBeDefined();
});

test('When every command is counted, then none is missing', () => {
  const names = commands.map(([path]) => path.replace(/^tuesday ?/, '')).filter(Boolean);
  const wanted = 'up down status apply delete scale rollout kill get describe logs exec top traffic trace';
  expect(names).toEqual(expect.arrayContaining([...wanted.split(' '), 'rollout restart', 'rollout status']));
});
