import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { withExamples } from '../examples.ts';
import { namespaceOption, podArgument } from '../options.ts';
import { findPod } from '../shop/find-pod.ts';

interface Options {
  namespace: string;
}

/** The environment and folder of a pod's process. */
interface PodProcess {
  env: Record<string, string>;
  cwd: string;
}

/** `exec POD -- COMMAND`. */
export function execCommand(cli: Cli): Command {
  const command = new Command('exec')
    .summary('run a command as if in a pod')
    .description("Runs a command with a pod's environment: Node programs in it reach services by their names.")
    .addArgument(podArgument())
    .argument('<command...>', 'what to run, after --')
    .option('-i, --stdin', "kubectl's flag; standard input is always passed on")
    .option('-t, --tty', "kubectl's flag; the terminal is always passed on")
    .option('-c, --container <name>', "kubectl's flag; a pod has one container here")
    .addOption(namespaceOption())
    .action((pod: string, words: string[], options: Options) => exec(cli, { pod, words }, options));
  return withExamples(command, [
    ['npx tuesday exec deploy/checkout-v1 -- env', 'the environment of the pod'],
    [
      `npx tuesday exec deploy/checkout-v1 -- node -e "fetch('http://billing/healthz').then(r => console.log(r.status))"`,
      'ask a service',
    ],
  ]);
}

async function exec(cli: Cli, { pod, words }: { pod: string; words: string[] }, options: Options): Promise<void> {
  const { metadata } = await findPod(cli, pod, options.namespace);
  const path = `/pods/${metadata.namespace ?? options.namespace}/${metadata.name}/exec`;
  const { env, cwd } = await cli.api.get<PodProcess>(path);
  const [file = '', ...args] = words;
  cli.exitCode = await run(cli, { file, args, env, cwd });
  if (cli.exitCode !== 0) cli.err(`command terminated with exit code ${cli.exitCode}\n`);
}

function run(cli: Cli, { file, args, env, cwd }: PodProcess & { file: string; args: string[] }): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: 'inherit' });
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'executable file not found in $PATH' : error.message;
      cli.err(`error: exec: "${file}": ${why}\n`);
      resolve(error.code === 'ENOENT' ? 127 : 126);
    });
    // A shell reports a process that a signal ended as 128 and the signal's number.
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
