import type { Command } from './command.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand } from './commands/deploy.ts';
import { installIstioCommand } from './commands/install-istio.ts';
import { loadImagesCommand } from './commands/load-images.ts';
import { preflightCommand } from './commands/preflight.ts';
import { Failure } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** All commands on a cluster, by the npm script that each is. */
export function commandsOf(terminal: Terminal): ReadonlyMap<string, Command> {
  const all = [preflightCommand, deployCommand, deleteCommand, loadImagesCommand, installIstioCommand];
  return new Map(all.map((create) => create(terminal)).map((command) => [command.script, command]));
}

/** Runs one command line, e.g. `k8s:preflight`; gives the exit code. Unforeseen errors are thrown. */
export async function run(terminal: Terminal, [script = '', ...words]: readonly string[]): Promise<number> {
  const commands = commandsOf(terminal);
  const command = commands.get(script);
  try {
    if (command === undefined)
      throw new Failure(`There is no command "${script}"; there are ${[...commands.keys()].join(', ')}.`, 'npm run');
    if (words.includes('--help') || words.includes('-h')) terminal.out(`${command.help()}\n`);
    else await command.run(words);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    terminal.err(`${error.message}\nMend it: ${error.mend}\n`);
    return 1;
  }
}
