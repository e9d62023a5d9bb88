import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { IMAGES, loadImages } from '../images/load.ts';
import type { Terminal } from '../terminal.ts';

/** `images:load`: images that are pulled from nowhere get to the nodes. */
export function loadImagesCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'images:load',
    description:
      'Puts images of the local Docker onto the nodes of the current cluster; without names, those of the shop.',
    words: '[image…]',
    flags: {
      to: { type: 'string', value: '<what>', help: 'kind, minikube or containerd; guessed from the context' },
      node: {
        type: 'string',
        multiple: true,
        value: '<user@host>',
        help: 'a containerd node, by ssh; may be repeated; none is this machine',
      },
      ctr: { type: 'string', value: '<command>', help: "containerd's client on the node; ctr unless told" },
    },
    examples: [
      ['npm run images:load', 'kind or minikube, whichever the context is'],
      ['npm run images:load -- --to containerd --node me@node1', 'a node of kubeadm, by ssh'],
      ['npm run images:load -- --to containerd --ctr "k3s ctr"', 'k3s on this machine'],
      ['npm run images:load -- docker.io/library/postgres:18-bookworm', 'one that the nodes cannot pull'],
    ],
    action: ({ words, text, list }) =>
      loadImages(terminal, words.length === 0 ? IMAGES : words, {
        to: text('to'),
        nodes: list('node'),
        ctr: text('ctr') ?? 'ctr',
      }),
  });
}
