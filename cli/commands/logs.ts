import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { namespaceOption, podArgument, wholeNumber } from '../options.ts';
import { checkContainer, findPod } from '../shop/find-pod.ts';

interface Options {
  namespace: string;
  follow?: true;
  tail?: number;
  previous?: true;
  container?: string;
}

/** `logs POD|deploy/NAME`. */
export function logsCommand(cli: Cli): Command {
  const command = new Command('logs')
    .summary('print what a pod has logged')
    .description('Prints the log of a pod, or of one pod of a workload.')
    .addArgument(podArgument())
    .option('-f, --follow', 'go on printing until Ctrl-C')
    .option('--tail <lines>', 'only the last lines', wholeNumber(-1))
    .option('-p, --previous', 'of the container before its last restart')
    .option('-c, --container <name>', 'of this container')
    .addOption(namespaceOption())
    .action((pod: string, options: Options) => logs(cli, pod, options));
  return withExamples(command, [
    ['npx tuesday logs deploy/checkout-v1 --tail 20', 'the last lines of one of its pods'],
    ['npx tuesday logs -f deploy/billing-v1', 'as they are written'],
    [
      'npx tuesday logs --previous deploy/storefront',
      'why it was restarted',
      'not run: a pod of the base was never restarted',
    ],
    ['npx tuesday logs deploy/storefront -c istio-proxy', 'the warnings of its Envoy'],
  ]);
}

async function logs(cli: Cli, word: string, options: Options): Promise<void> {
  const pod = await findPod(cli, word, options.namespace);
  const { name, namespace = options.namespace } = pod.metadata;
  if (options.container !== undefined) checkContainer(pod, options.container);
  const query = {
    follow: options.follow ? 'true' : undefined,
    previous: options.previous ? 'true' : undefined,
    tail: options.tail === undefined || options.tail < 0 ? undefined : `${options.tail}`,
    container: options.container,
  };
  await cli.api.stream(`/pods/${namespace}/${name}/log`, query, cli.out);
}
