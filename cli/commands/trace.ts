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
    .argument('[id]', 'the trace_id of a log line or of an error, or last', 'last')
    .addOption(jsonOption())
    .action(async (id: string, { output }: { output?: 'json' }) => {
      const trace = id === 'last' ? await lastTrace(cli) : await traceById(cli, id);
      cli.out(output === 'json' ? toJson(trace) : waterfall(trace, cli.paint));
    });
  return withExamples(command, [
    ['npx tuesday trace last', 'the newest request'],
    ['npx tuesday trace last -o json', "in Jaeger's shape"],
  ]);
}
