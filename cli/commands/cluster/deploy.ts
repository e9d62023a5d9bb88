import { Command, Option } from 'commander';
import { OVERLAY } from '../../../places/repository.ts';
import type { Cli } from '../../cli.ts';
import { withExamples } from '../../examples.ts';
import { seconds } from '../../options.ts';

interface Options {
  kustomize: string;
  /** Seconds. */
  timeout: number;
  preflight: boolean;
}

/** `-k`, kubectl's letter for an overlay. */
export function overlayOption(): Option {
  return new Option('-k, --kustomize <folder>', 'the overlay').default(OVERLAY);
}

/** `cluster deploy`: what `kubectl apply -k` does; then it waits and checks the sidecars. */
export function deployCommand(cli: Cli): Command {
  const command = new Command('deploy')
    .summary('the whole shop; npm run k8s:deploy does this')
    .description(
      'Applies the shop to the current cluster, waits until it serves, checks that every pod got its sidecar, and makes its namespace the current one.',
    )
    .addOption(overlayOption())
    .option('--timeout <seconds>', 'how long to wait: 90, 90s or 3m', seconds, 300)
    .option('--no-preflight', 'do not look at the cluster before')
    .showHelpAfterError('Mend it: npx tuesday cluster deploy --help')
    .action((options: Options) => deploy(cli, options));
  return withExamples(command, [
    [
      'npx tuesday cluster deploy',
      'the whole shop, with demo passwords and Jaeger',
      'not run: docs/kubernetes.md deploys it',
    ],
    [
      'npx tuesday cluster deploy -k k8s/overlays/workshop',
      'in a namespace of one learner',
      'not run: docs/kubernetes.md deploys it',
    ],
    ['npx tuesday cluster deploy --timeout 10m', 'on a slow machine', 'cluster'],
  ]);
}

async function deploy(cli: Cli, { kustomize, timeout, preflight: wanted }: Options): Promise<void> {
  const [{ deploy: deployed }, { preflight }] = await Promise.all([
    import('../../../places/cluster/deploy/deploy.ts'),
    import('../../../places/cluster/preflight/preflight.ts'),
  ]);
  if (wanted) await preflight(cli);
  await deployed(cli, kustomize, timeout * 1000);
}
