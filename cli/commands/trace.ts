import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { jsonOption } from '../options.ts';
import { toJson } from '../print/data.ts';
import { lastTrace, traceById } from '../trace/newest.ts';
import { waterfall } from '../trace/waterfall.ts';

/** `trace [ID|last]`. */
export function traceCommand(cli: Cli): Command {
  const command = new Command('trace')
    .summary('draw one request with every hop')
    .description('Draws a trace as a waterfall: the newest whole one, or the one with an id.')
    .argument('[id]', 'a trace id, or last', 'last')
    .addOption(jsonOption())
    .action(async (id: string, { output }: { output?: 'json' }) => {
      const trace = id === 'last' ? await lastTrace(cli) : await traceById(cli, id);
      cli.out(output === 'json' ? toJson(trace) : waterfall(trace, cli.paint));
    });
  return withExamples(command, [
    ['npx tuesday trace last', 'the newest request'],
    ['npx tuesday trace 4bf92f3577b34da6a3ce929d0e0e4736', 'the trace of an error page or a log line'],
    ['npx tuesday trace last -o json', "in Jaeger's shape"],
  ]);
}
