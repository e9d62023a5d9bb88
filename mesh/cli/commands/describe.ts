import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { describe } from '../describe/describe.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../failure.ts';
import type { KubeObject } from '../objects.ts';
import { namespaceOption } from '../options.ts';
import { fetchOne, type Named, notFound, parseNames } from '../reference.ts';

/** `describe KIND NAME`: a name may be cut short, as in kubectl. */
export function describeCommand(cli: Cli): Command {
  const command = new Command('describe')
    .summary('tell about one object')
    .description('Describes objects: where they stand, what they say, how they are. The beginning of a name is enough.')
    .argument('<kind>', 'a kind, or KIND/NAME')
    .argument('[name...]', 'names, or how they begin')
    .addOption(namespaceOption())
    .action((kind: string, names: string[], { namespace }: { namespace: string }) =>
      tell(cli, [kind, ...names], namespace),
    );
  return withExamples(command, [
    ['npx tuesday describe pod checkout-v1', 'each pod whose name begins so'],
    ['npx tuesday describe vs recommendations', 'the weights, and the file they come from'],
  ]);
}

async function tell(cli: Cli, words: string[], namespace: string): Promise<void> {
  const objects: KubeObject[] = [];
  for (const named of parseNames(words)) objects.push(...(await find(cli, named, namespace)));
  const texts = await Promise.all(objects.map(describe));
  cli.out(texts.join('\n\n'));
}

async function find(cli: Cli, named: Named, namespace: string): Promise<KubeObject[]> {
  try {
    return [await fetchOne(cli, named, namespace)];
  } catch (error) {
    if (!(error instanceof Failure) || error.message !== notFound(named).message) throw error;
    const all = await cli.api.get<KubeObject[]>('/resources', { kind: named.kind, namespace });
    const near = all.filter(({ metadata }) => metadata.name.startsWith(named.name));
    if (near.length === 0) throw error;
    return near;
  }
}
