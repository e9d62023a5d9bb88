import { join, relative } from 'node:path';
import { Command } from 'commander';
import type { Saved } from '../../places/local/changes/watch-files.ts';
import type { Cli } from '../cli.ts';
import { OVERLAY, ROOT } from '../../places/repository.ts';
import { withExamples } from '../examples.ts';
import { Failure } from '../../places/failure.ts';
import { NotRunning } from '../shop/api.ts';
import { clock, readable } from '../print/numbers.ts';
import { namespaceOption, wholeNumber } from '../options.ts';
import { firstCheckout } from '../up/first-checkout.ts';
import { requireFreePort } from '../up/port.ts';
import { createProgress } from '../up/progress.ts';
import type { Running, StartShop } from '../up/start.ts';
import { printSaved } from '../up/saved.ts';
import { startedScreen } from '../up/screen.ts';
import { stopOnSignal } from '../up/signals.ts';
import { istioSummary, listWorkloads } from '../print/workloads.ts';
import type { Memory, Status } from './status.ts';

interface Options {
  port: number;
  namespace: string;
  mesh: boolean;
}

/** `up`: what `npm start` runs. `start` is the runner's entry. */
export function upCommand(cli: Cli, start: StartShop): Command {
  const command = new Command('up')
    .summary('start the shop; npm start does this')
    .description(
      'Starts every workload of k8s/overlays/local as processes, an Envoy beside each, buys something, and runs until Ctrl-C.',
    )
    .option('--port <port>', 'where the gateway listens', wholeNumber(1), 8080)
    .option('--no-mesh', 'without Envoys: the Istio files are not in force')
    .addOption(namespaceOption())
    .action((options: Options) => up(cli, start, options));
  return withExamples(command, [
    ['npx tuesday up', 'the shop at http://localhost:8080', 'not run: npm start in README.md is the same'],
    [
      'npx tuesday up --port 8081 --state /tmp/second',
      'a second shop beside it, with a database of its own',
      'not run: the end-to-end tests start each shop so',
    ],
    ['npx tuesday up --no-mesh', 'without sidecars', 'not run: the example of npx tuesday down runs it'],
  ]);
}

async function up(cli: Cli, start: StartShop, { port, namespace, mesh }: Options): Promise<void> {
  await rejectSecondShop(cli);
  await requireFreePort(port);
  const onStarted = stopOnSignal(cli);
  const progress = createProgress(cli);
  const overlay = relative(process.cwd(), join(ROOT, OVERLAY)) || '.';
  try {
    const { say: onProgress } = progress;
    const onSaved = (saved: Saved) => printSaved(cli, saved);
    const onFault = (sentence: string) => cli.err(`\n  Warning: ${sentence}\n`);
    const running = await start({
      overlay,
      state: cli.config.state,
      port,
      namespace,
      mesh,
      onProgress,
      onSaved,
      onFault,
    });
    onStarted(running);
    progress.say('waiting for the first checkout …');
    await printFirstCheckout(cli, running);
  } finally {
    progress.end();
  }
}

/** Makes a first purchase, and prints the screen; stops the shop where the purchase fails. */
async function printFirstCheckout(cli: Cli, running: Running): Promise<void> {
  try {
    await firstCheckout(running.url);
  } catch (error) {
    await running.stop();
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`${error.message} Its logs are in ${relative(process.cwd(), join(cli.config.state, 'logs'))}`);
  }
  const seconds = (cli.now() - cli.config.startedAt) / 1000;
  const [workloads, istio, status, { pss }] = await Promise.all([
    listWorkloads(cli.api),
    istioSummary(cli.api),
    cli.api.get<Status>('/status'),
    cli.api.get<Memory>('/memory'),
  ]);
  const url = readable(running.url);
  const screen = { url, seconds, setupSeconds: cli.config.setupMs / 1000, memory: pss, workloads };
  const inForce = { istio, mesh: status.mesh, sidecars: status.sidecars };
  cli.out(startedScreen({ ...screen, inForce, warnings: status.warnings }, cli.paint));
}

async function rejectSecondShop(cli: Cli): Promise<void> {
  try {
    const { pid, startedAt, url } = await cli.api.get<Status>('/status');
    const since = clock(new Date(startedAt).getTime());
    throw new Failure(
      `The shop already runs (pid ${pid}, since ${since}) at ${readable(url)}. Stop it with: npx tuesday down`,
    );
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
  }
}
