import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { clock, megabytes, readable } from '../print/numbers.ts';
import { jsonOption } from '../options.ts';
import { toJson } from '../print/data.ts';
import { workloadTable } from '../print/workload-table.ts';
import { parkedOf, parkedWarning } from '../shop/parked.ts';
import { istioSummary, listWorkloads } from '../print/workloads.ts';

/** The running shop's answer to `GET /status`. */
export interface Status {
  pid: number;
  /** When it was started: an ISO time, or ms since 1970. */
  startedAt: string | number;
  url: string;
  readyMs: number;
  overlay: string;
  warnings: string[];
  mesh: boolean;
  /** Number of Envoys. */
  sidecars: number;
}

/** The answer to `GET /memory`: bytes of the runner and all that it started. */
export interface Memory {
  pss: number;
}

/** `status`: whether the shop runs, where, and how much memory it uses. */
export function statusCommand(cli: Cli): Command {
  const command = new Command('status')
    .summary('whether the shop runs, where, and its memory')
    .description('Says whether the shop runs, since when and where, and lists its workloads.')
    .addOption(jsonOption())
    .action(({ output }: { output?: 'json' }) => status(cli, output));
  return withExamples(command, [
    ['npx tuesday status', 'a screen'],
    ['npx tuesday status -o json', 'data: pid, url, memory in bytes, what is parked'],
  ]);
}

async function status(cli: Cli, output: 'json' | undefined): Promise<void> {
  const [shop, memory, workloads, parked] = await Promise.all([
    cli.api.get<Status>('/status'),
    cli.api.get<Memory>('/memory'),
    listWorkloads(cli.api),
    parkedOf(cli.api),
  ]);
  const facts = { ...shop, ...memory, ...(parked && { parked }) };
  if (output === 'json') return cli.out(toJson({ ...facts, workloads }));
  const { pid, startedAt, url, pss, warnings, mesh, sidecars } = facts;
  const since = clock(new Date(startedAt).getTime());
  cli.out(`  The shop runs (pid ${pid}, since ${since}), ${megabytes(pss)}.     ${readable(url)}\n\n`);
  cli.out(workloadTable(workloads, { istio: await istioSummary(cli.api), mesh, sidecars }));
  for (const warning of [...warnings, ...parkedWarning(parked)])
    cli.out(`  ${cli.paint('yellow', 'Warning:')} ${warning}\n`);
  cli.out('\n  Next:  npx tuesday get pods     or stop it: npx tuesday down\n');
}
