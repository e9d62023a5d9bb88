import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { applyCommand } from './commands/apply.ts';
import { clusterCommand } from './commands/cluster/cluster.ts';
import { deleteCommand } from './commands/delete.ts';
import { describeCommand } from './commands/describe.ts';
import { downCommand } from './commands/down.ts';
import { execCommand } from './commands/exec.ts';
import { getCommand } from './commands/get.ts';
import { killCommand } from './commands/kill.ts';
import { logsCommand } from './commands/logs.ts';
import { proxyConfigCommand } from './commands/proxy-config.ts';
import { proxyStatusCommand } from './commands/proxy-status.ts';
import { renderCommand } from './commands/render.ts';
import { rolloutCommand } from './commands/rollout.ts';
import { scaleCommand } from './commands/scale.ts';
import { statusCommand } from './commands/status.ts';
import { topCommand } from './commands/top.ts';
import { traceCommand } from './commands/trace.ts';
import { trafficCommand } from './commands/traffic.ts';
import { upCommand } from './commands/up.ts';
import { withExamples } from './examples.ts';
import { Failure } from '../places/failure.ts';
import { namespaceOption, stateOption } from './options.ts';
import { overviewFor } from './overview.ts';
import { printableLines } from './print/lines.ts';
import type { StartShop } from './up/start.ts';

/** Commands that neither start a shop nor talk to one. */
const WITHOUT_SHOP = new Set(['render', 'cluster']);

/** The whole command line. */
export function createProgram(cli: Cli, start: StartShop): Command {
  const program = new Command('tuesday')
    .description("Runs the shop from its Kubernetes manifests on this machine, in kubectl's words.")
    .usage('<command> [options]')
    .version(`tuesday ${version()}`)
    .addOption(stateOption())
    .addOption(namespaceOption())
    .enablePositionalOptions()
    .helpCommand(false)
    .hook('preAction', (_, command) => {
      const { state } = { ...program.opts<{ state?: string }>(), ...command.opts<{ state?: string }>() };
      if (state !== undefined) cli.config.state = resolve(state);
      // As in `kubectl -n shop apply`; behind the command it is nearer.
      if (command.getOptionValueSource('namespace') === 'default')
        command.setOptionValue('namespace', program.opts<{ namespace: string }>().namespace);
    });
  const groups: [string, Command[]][] = [
    ['Run:', [upCommand(cli, start), downCommand(cli), statusCommand(cli)]],
    ['Change:', [applyCommand(cli), deleteCommand(cli), scaleCommand(cli), rolloutCommand(cli), killCommand(cli)]],
    ['Look:', [getCommand(cli), describeCommand(cli), logsCommand(cli), execCommand(cli), topCommand(cli)]],
    ['Learn:', [trafficCommand(cli), traceCommand(cli), renderCommand(cli)]],
    ['Look into Envoy:', [proxyConfigCommand(cli), proxyStatusCommand(cli)]],
    ['On a cluster:', [clusterCommand(cli)]],
  ];
  for (const [title, commands] of groups) for (const command of commands) program.addCommand(command.helpGroup(title));
  for (const command of program.commands) if (!WITHOUT_SHOP.has(command.name())) addStateOption(command);
  withExamples(program, [
    [
      'npx tuesday up',
      'start the shop, as npm start does; then in another terminal:',
      'not run: npm start in README.md is the same',
    ],
    ['npx tuesday get pods', 'what runs'],
    ['npx tuesday trace last', 'the newest request, through every hop'],
    ['npx tuesday traffic', '1,000 requests: who served them, and is that 90/10?'],
    ['npx tuesday apply -f istio/canary/50.yaml', 'half of the recommendations from v2'],
    ['npx tuesday describe pod recommendations-v2', 'who may call it, and which line of YAML says so'],
    ['npx tuesday apply -f istio/base/recommendations.yaml', 'back to 90/10'],
  ]);
  redirectOutput(program, cli);
  return program;
}

/** Allows `--state` after a command as well, as in `tuesday up --state FOLDER`. */
function addStateOption(command: Command): void {
  if (command.commands.length === 0) command.addOption(stateOption());
  command.commands.forEach(addStateOption);
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Sends all output of commander to `cli`. Only main.mjs ends the process. */
function redirectOutput(command: Command, cli: Cli): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: cli.out, writeErr: cli.err, getOutHasColors: () => cli.config.color });
  command.commands.forEach((child) => redirectOutput(child, cli));
}

/**
 * Runs one command line, without the word `tuesday`; gives the exit code. Where it names no command, it prints what there is
 * and gives 0, as kubectl does. Throws unexpected errors.
 */
export async function run(cli: Cli, start: StartShop, words: readonly string[]): Promise<number> {
  const program = createProgram(cli, start);
  const overview = overviewFor(program, words);
  if (overview !== undefined) {
    cli.out(overview);
    return 0;
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof Failure)) throw error;
    cli.err(`${printableLines(error.message)}\n${error.mend === undefined ? '' : `Mend it: ${error.mend}\n`}`);
    return 1;
  }
}
