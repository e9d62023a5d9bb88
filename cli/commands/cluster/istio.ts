import { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { type Example, withExamples } from '../../examples.ts';

/** `cluster istio install`: Istio by Helm, with pinned charts, istio/install/values.yaml and istio/mesh-config.yaml. Again is an upgrade. */
export function istioCommand(cli: Cli): Command {
  const install = new Command('install')
    .summary('Istio, by Helm; npm run istio:install does this')
    .description(
      "Installs Istio into the current cluster by Helm, in the version that the shop is tested with and with the shop's mesh configuration; again changes it.",
    )
    .option('--print', 'print what would be run, and run nothing')
    .showHelpAfterError('Mend it: npx tuesday cluster istio install --help')
    .action(async ({ print }: { print?: true }) => {
      const { installIstio, printInstall } = await import('../../../places/cluster/istio/install.ts');
      await (print ? printInstall(cli) : installIstio(cli));
    });
  const examples: Example[] = [
    ['npx tuesday cluster istio install', 'Istio, or its new configuration', 'not run: needs Helm and Istio’s charts'],
    ['npx tuesday cluster istio install --print', 'the same by hand'],
  ];
  const command = new Command('istio').summary('install: Istio, by Helm').description('Istio in the cluster.');
  return withExamples(command.helpCommand(false).addCommand(withExamples(install, examples)), examples.slice(0, 1));
}
