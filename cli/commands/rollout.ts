import { Command } from 'commander';
import { printedName } from '@tuesday/mesh/explain';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import type { Rollout } from '../../places/local/changes/rollout-status.ts';
import { Failure } from '../../places/failure.ts';
import { namespaceOption, seconds } from '../options.ts';
import { fetchOne, parseNames, type ObjectName } from '../shop/reference.ts';

interface Options {
  namespace: string;
}

/** `rollout restart|status KIND/NAME`. */
export function rolloutCommand(cli: Cli): Command {
  const command = new Command('rollout')
    .summary('restart a workload pod by pod, or wait for a rollout')
    .description('Rolling updates: each new pod is ready before an old one stops.')
    .addCommand(restartCommand(cli))
    .addCommand(statusCommand(cli));
  return withExamples(command, [
    ['npx tuesday rollout restart deploy/checkout-v1', 'new pods, no failed request'],
    ['npx tuesday rollout status deploy/checkout-v1', 'wait until it is done'],
  ]);
}

function restartCommand(cli: Cli): Command {
  const command = new Command('restart')
    .description('Replaces the pods of a workload, one after the other.')
    .argument('<workload...>', 'KIND/NAME, or KIND NAME')
    .addOption(namespaceOption())
    .action(async (words: string[], { namespace }: Options) => {
      for (const named of parseWorkloads(words)) {
        await fetchOne(cli, named, namespace);
        await cli.api.post('/rollout/restart', { ref: { ...named, namespace } });
        cli.out(`${printedName(named)} restarted\n`);
      }
    });
  return withExamples(command, [['npx tuesday rollout restart deploy/checkout-v1', 'new pods, no failed request']]);
}

function statusCommand(cli: Cli): Command {
  const command = new Command('status')
    .description('Waits until the pods of a workload are the ones that its manifest asks for.')
    .argument('<workload...>', 'KIND/NAME, or KIND NAME')
    .option('--timeout <duration>', 'how long to wait: 90s, 3m', seconds, 60)
    .option('--no-watch', 'only print the present state')
    .addOption(namespaceOption())
    .action(async (words: string[], options: WatchOptions) => {
      for (const named of parseWorkloads(words)) {
        await fetchOne(cli, named, options.namespace);
        await watch(cli, { ...named, namespace: options.namespace }, options);
      }
    });
  return withExamples(command, [
    ['npx tuesday rollout status deploy/checkout-v1', 'wait until it is done'],
    ['npx tuesday rollout status deploy/checkout-v1 --timeout 10s', 'at most ten seconds'],
  ]);
}

function parseWorkloads(words: string[]): ObjectName[] {
  const names = parseNames(words);
  const other = names.find(({ kind }) => kind !== 'Deployment' && kind !== 'StatefulSet');
  if (other !== undefined) throw new Failure(`error: a ${other.kind} has no rollout; a Deployment or StatefulSet has`);
  return names;
}

interface WatchOptions extends Options {
  /** Seconds. */
  timeout: number;
  watch: boolean;
}

async function watch(cli: Cli, query: Record<string, string>, options: WatchOptions): Promise<void> {
  const until = cli.now() + options.timeout * 1000;
  for (let printed = ''; ; await cli.sleep(100)) {
    const { done, failed, message } = await cli.api.get<Rollout>('/rollout/status', query);
    if (failed) throw new Failure(`error: ${message}`);
    if (message !== printed) cli.out(`${message}\n`);
    printed = message;
    if (done || !options.watch) return;
    if (cli.now() > until) throw new Failure('error: timed out waiting for the condition');
  }
}
