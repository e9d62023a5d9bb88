import { table } from '@tuesday/mesh/explain';
import { Command } from 'commander';
import type { ProxyStatus } from '../../places/local/api/proxy-status.ts';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { jsonOption } from '../options.ts';
import { toJson } from '../print/data.ts';

/** istioctl's names of the types, in its order. */
const COLUMNS = [
  ['CDS', 'clusters'],
  ['LDS', 'listeners'],
  ['EDS', 'endpoints'],
  ['RDS', 'routes'],
  ['SDS', 'secrets'],
] as const;

/** `proxy-status`: whether each Envoy uses what the control plane has for it, and what it refuses. */
export function proxyStatusCommand(cli: Cli): Command {
  const command = new Command('proxy-status')
    .aliases(['ps'])
    .summary('whether each Envoy has the newest configuration')
    .description(
      'Says of each Envoy and type whether it uses the newest configuration (SYNCED), has not answered yet (STALE), has not asked for it (NOT SENT), or refuses a part of it (ERROR) and keeps what it had.',
    )
    .addOption(jsonOption())
    .action(({ output }: { output?: 'json' }) => proxyStatus(cli, output));
  return withExamples(command, [
    ['npx tuesday proxy-status', 'a table, as istioctl prints it'],
    ['npx tuesday proxy-status -o json', 'data, with the reason of each refusal'],
  ]);
}

async function proxyStatus(cli: Cli, output: 'json' | undefined): Promise<void> {
  const all = await cli.api.get<ProxyStatus[]>('/proxy-status');
  if (output === 'json') return cli.out(toJson(all));
  const rows = all.map(({ pod, namespace, states }) => [
    `${pod}.${namespace}`,
    ...COLUMNS.map(([, type]) => states[type]),
  ]);
  cli.out(table([['NAME', ...COLUMNS.map(([title]) => title)], ...rows]));
  for (const { pod, refusals } of all)
    for (const { type, name, reason } of refusals)
      cli.err(`${cli.paint('yellow', 'ERROR:')} ${pod} refuses ${type} ${name} and keeps what it had: ${reason}\n`);
}
