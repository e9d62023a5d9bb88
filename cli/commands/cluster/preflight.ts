import { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { withExamples } from '../../examples.ts';

/** `cluster preflight`: checks whether a cluster has what the shop needs. */
export function preflightCommand(cli: Cli): Command {
  const command = new Command('preflight')
    .summary('what the cluster lacks; npm run k8s:preflight does this')
    .description('Says whether the current cluster has what the shop needs, and what mends it if not. Changes nothing.')
    .showHelpAfterError('Mend it: npx tuesday cluster preflight --help')
    .action(async () => {
      const { preflight } = await import('../../../places/cluster/preflight/preflight.ts');
      await preflight(cli);
      cli.out('Ready for the shop: npm run k8s:deploy\n');
    });
  return withExamples(command, [
    ['npx tuesday cluster preflight', 'the cluster of the current context', 'not run: docs/kubernetes.md runs it'],
    [
      'KUBECONFIG=~/.kube/config npx tuesday cluster preflight',
      'the cluster of another file',
      'not run: needs a second cluster',
    ],
  ]);
}
