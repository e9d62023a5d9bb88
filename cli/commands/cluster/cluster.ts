import { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { withExamples } from '../../examples.ts';
import { deleteCommand } from './delete.ts';
import { deployCommand } from './deploy.ts';
import { imagesCommand } from './images.ts';
import { istioCommand } from './istio.ts';
import { preflightCommand } from './preflight.ts';

/** `cluster COMMAND`: the shop on the Kubernetes cluster of kubectl's current context. The npm scripts k8s:*, images:load and istio:install run these. */
export function clusterCommand(cli: Cli): Command {
  const command = new Command('cluster')
    .summary('the shop on Kubernetes: what it needs, deploy, delete')
    .description(
      "Commands about the Kubernetes cluster of kubectl's current context. They need kubectl and no running shop.",
    )
    .helpCommand(false)
    .showHelpAfterError();
  const commands = [
    preflightCommand(cli),
    istioCommand(cli),
    imagesCommand(cli),
    deployCommand(cli),
    deleteCommand(cli),
  ];
  for (const one of commands) command.addCommand(one);
  return withExamples(command, [
    [
      'npx tuesday cluster preflight',
      'what the cluster lacks, and what mends it',
      'not run: docs/kubernetes.md runs it',
    ],
    ['npx tuesday cluster istio install', 'Istio, by Helm', 'not run: needs Helm and Istio’s charts'],
    [
      'npx tuesday cluster images load',
      "the shop's images onto the nodes",
      'not run: needs Docker, and kind, minikube or a containerd node',
    ],
    [
      'npx tuesday cluster deploy',
      'the whole shop, and a look at its sidecars',
      'not run: docs/kubernetes.md deploys it',
    ],
    ['npx tuesday cluster delete', 'delete the shop; Istio stays', 'not run: docs/kubernetes.md deletes it'],
  ]);
}
