import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { jsonOption, namespaceOption } from '../options.ts';
import { toJson } from '../print/data.ts';
import { notFound } from '../shop/reference.ts';
import { table } from '@tuesday/mesh/explain';
import type { Usage } from '../print/workloads.ts';

interface Options {
  namespace: string;
  allNamespaces?: true;
  output?: 'json';
}

/** `top [pods [NAME]]`, as kubectl's: of pods only. */
export function topCommand(cli: Cli): Command {
  const command = new Command('top')
    .summary('CPU and memory of each pod')
    .description(
      'Shows what each pod uses: CPU as the average since its start, memory as PSS, where a shared page counts in equal parts for each process.',
    )
    .argument('[kind]', 'pods', 'pods')
    .argument('[name]', 'only this pod')
    .option('-A, --all-namespaces', 'in every namespace')
    .addOption(namespaceOption())
    .addOption(jsonOption())
    .action((kind: string, name: string | undefined, options: Options) => top(cli, { kind, name }, options));
  return withExamples(command, [
    ['npx tuesday top', 'every pod of the shop'],
    ['npx tuesday top pods -A -o json', 'of every namespace, as data'],
  ]);
}

async function top(
  cli: Cli,
  { kind, name }: { kind: string; name: string | undefined },
  options: Options,
): Promise<void> {
  if (!['pods', 'pod', 'po'].includes(kind))
    throw new Failure(`error: unknown resource "${kind}": only pods have figures`);
  const all = await cli.api.get<Usage[]>('/top');
  const { namespace, allNamespaces = false, output } = options;
  const shown = all.filter((one) => (allNamespaces || one.namespace === namespace) && (name ?? one.pod) === one.pod);
  if (name !== undefined && shown.length === 0) throw notFound({ kind: 'Pod', name });
  if (output === 'json') return cli.out(toJson(shown));
  if (shown.length === 0) return cli.err(`No resources found${allNamespaces ? '' : ` in ${namespace} namespace`}.\n`);
  const meshed = shown.some(({ sidecar }) => sidecar !== undefined);
  const before = (text: string) => (allNamespaces ? [text] : []);
  const rows = shown.map((one) => [
    ...before(one.namespace),
    one.pod,
    `${Math.round(one.cpuMillis)}m`,
    mebibytes(one.pss),
    ...(meshed ? [one.sidecar === undefined ? '-' : mebibytes(one.sidecar)] : []),
  ]);
  const heading = ['NAME', 'CPU(cores)', 'MEMORY(bytes)', ...(meshed ? ['SIDECAR(bytes)'] : [])];
  cli.out(table([[...before('NAMESPACE'), ...heading], ...rows]));
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
