import { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { type Example, withExamples } from '../../examples.ts';
import { collect } from '../../options.ts';

interface Options {
  to?: string;
  node?: string[];
  ctr: string;
}

const NOT_RUN = 'not run: needs Docker, and kind, minikube or a containerd node';

/** `cluster images load`: loads images that no registry has onto the nodes. */
export function imagesCommand(cli: Cli): Command {
  const load = new Command('load')
    .summary("the shop's images onto the nodes; npm run images:load does this")
    .description(
      'Puts images of the local Docker onto the nodes of the current cluster; without names, those of the shop.',
    )
    .argument('[image...]', 'only these')
    .option('--to <what>', 'kind, minikube or containerd; guessed from the context')
    .option('--node <user@host>', 'a containerd node, by ssh; may be repeated; none is this machine', collect)
    .option('--ctr <command>', "containerd's client on the node", 'ctr')
    .showHelpAfterError('Mend it: npx tuesday cluster images load --help')
    .action(async (images: string[], { to, node = [], ctr }: Options) => {
      const { IMAGES, loadImages } = await import('../../../places/cluster/images/load.ts');
      await loadImages(cli, images.length === 0 ? IMAGES : images, { to, nodes: node, ctr });
    });
  const examples: Example[] = [
    ['npx tuesday cluster images load', 'kind or minikube, whichever the context is', NOT_RUN],
    ['npx tuesday cluster images load --to containerd --node me@node1', 'a node of kubeadm, by ssh', NOT_RUN],
    ['npx tuesday cluster images load --to containerd --ctr "k3s ctr"', 'k3s on this machine', NOT_RUN],
    [
      'npx tuesday cluster images load docker.io/library/postgres:18-bookworm',
      'one that the nodes cannot pull',
      NOT_RUN,
    ],
  ];
  const command = new Command('images').summary('load: images onto the nodes').description('Images on the nodes.');
  return withExamples(command.helpCommand(false).addCommand(withExamples(load, examples)), examples.slice(0, 1));
}
