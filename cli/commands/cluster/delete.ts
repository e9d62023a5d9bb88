import { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { withExamples } from '../../examples.ts';
import { overlayOption } from './deploy.ts';

/** `cluster delete`: deletes the shop with its namespace and everything in it; Istio stays. */
export function deleteCommand(cli: Cli): Command {
  const command = new Command('delete')
    .summary('delete the shop; npm run k8s:delete does this')
    .description(
      "Deletes the shop from the current cluster: its namespace with every order in it, and the overlay's Jaeger. Istio stays.",
    )
    .addOption(overlayOption())
    .showHelpAfterError('Mend it: npx tuesday cluster delete --help')
    .action(async ({ kustomize }: { kustomize: string }) => {
      const { deleteOverlay } = await import('../../../places/cluster/deploy/delete.ts');
      await deleteOverlay(cli, kustomize);
    });
  return withExamples(command, [
    ['npx tuesday cluster delete', 'the whole shop', 'not run: docs/kubernetes.md deletes it'],
    ['npx tuesday cluster delete -k k8s/overlays/workshop', "one learner's", 'not run: docs/kubernetes.md deletes it'],
  ]);
}
