import { Command } from 'commander';
import { printedName } from '@tuesday/mesh/explain';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { namespaceOption, wholeNumber } from '../options.ts';
import { fetchOne, parseNames } from '../shop/reference.ts';

interface Options {
  namespace: string;
  replicas: number;
}

/** `scale KIND/NAME --replicas=N`. */
export function scaleCommand(cli: Cli): Command {
  const command = new Command('scale')
    .summary('set how many pods a workload has')
    .description('Sets the number of pods of Deployments or StatefulSets.')
    .argument('<workload...>', 'KIND/NAME, or KIND NAME')
    .requiredOption('--replicas <count>', 'how many pods', wholeNumber(0))
    .addOption(namespaceOption())
    .action((words: string[], options: Options) => scale(cli, words, options));
  return withExamples(command, [
    ['npx tuesday scale deploy/checkout-v1 --replicas=2', 'two pods share the work'],
    ['npx tuesday scale deploy billing-v2 --replicas=0', 'none'],
  ]);
}

async function scale(cli: Cli, words: string[], { namespace, replicas }: Options): Promise<void> {
  for (const named of parseNames(words)) {
    if (named.kind !== 'Deployment' && named.kind !== 'StatefulSet')
      throw new Failure(`error: a ${named.kind} cannot be scaled; a Deployment or StatefulSet can`);
    await fetchOne(cli, named, namespace);
    await cli.api.post('/scale', { ref: { ...named, namespace }, replicas });
    cli.out(`${printedName(named)} scaled\n`);
  }
}
