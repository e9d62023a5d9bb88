import { constants } from 'node:os';
import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { namespaceOption, podArgument } from '../options.ts';
import { checkContainer, findPod } from '../shop/find-pod.ts';

interface Options {
  namespace: string;
  signal: string;
  container?: string;
}

/** `kill POD`: as `kubectl exec POD -- kill 1`. */
export function killCommand(cli: Cli): Command {
  const command = new Command('kill')
    .summary('send a signal to the process of a pod')
    .description('Kills the process of a pod. Its container is restarted: the pod keeps its name and counts a restart.')
    .addArgument(podArgument())
    .option('-s, --signal <name>', 'which signal', 'SIGKILL')
    .option('-c, --container <name>', 'the process of this container')
    .addOption(namespaceOption())
    .action((pod: string, options: Options) => kill(cli, pod, options));
  return withExamples(command, [
    ['npx tuesday kill checkout-v1', 'a crash'],
    ['npx tuesday kill deploy/billing-v1 --signal SIGTERM', 'a graceful end'],
    ['npx tuesday kill deploy/billing-v1 -c istio-proxy', 'its Envoy, not the app'],
  ]);
}

async function kill(cli: Cli, word: string, options: Options): Promise<void> {
  const signal = options.signal.toUpperCase().replace(/^(?!SIG)/, 'SIG');
  if (!(signal in constants.signals))
    throw new Failure(`error: unknown signal "${options.signal}", try: SIGKILL, SIGTERM, SIGSTOP`);
  const { container } = options;
  const pod = await findPod(cli, word, options.namespace);
  if (container !== undefined) checkContainer(pod, container);
  const { metadata } = pod;
  const path = `/pods/${metadata.namespace ?? options.namespace}/${metadata.name}/kill`;
  const { killed } = await cli.api.post<{ killed: number }>(path, {
    signal,
    ...(container !== undefined && { container }),
  });
  cli.out(`pod/${metadata.name} got ${signal} (pid ${killed})\n`);
}
