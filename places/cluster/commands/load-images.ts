import { createCommand } from '../command.ts';
import type { Command } from '../command.ts';
import { Failure } from '../failure.ts';
import { createKubectl } from '../kubectl.ts';
import { containerdLoader, kindLoader, minikubeLoader } from '../nodes.ts';
import type { Load } from '../nodes.ts';
import type { Terminal } from '../terminal.ts';
import { createTool } from '../tool.ts';

/** The four images that k8s/base names. */
export const IMAGES = ['storefront', 'checkout', 'billing', 'recommendations'].map(
  (name) => `tuesday.local/${name}:dev`,
);

interface Options {
  to: string | undefined;
  nodes: string[];
  ctr: string;
}

/** `images:load`: images that are pulled from nowhere get to the nodes. */
export function loadImagesCommand(terminal: Terminal): Command {
  return createCommand({
    script: 'images:load',
    description:
      'Puts images of the local Docker onto the nodes of the current cluster; without names, the four of the shop.',
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
      load(terminal, words.length === 0 ? IMAGES : words, {
        to: text('to'),
        nodes: list('node'),
        ctr: text('ctr') ?? 'ctr',
      }),
  });
}

async function load(terminal: Terminal, images: readonly string[], options: Options): Promise<void> {
  const docker = createTool('docker', terminal);
  for (const image of images) {
    const { code } = await docker.run(['image', 'inspect', '--format', '{{.Id}}', image]);
    if (code !== 0)
      throw new Failure(
        `Docker has no image ${image}.`,
        image.startsWith('tuesday.local/') ? 'docker compose build' : `docker pull ${image}`,
      );
  }
  const { loader, where } = await loaderFor(terminal, options);
  terminal.out(`Loading ${images.length} images into ${where}.\n`);
  await loader(images);
  terminal.out('They are there: npm run k8s:deploy\n');
}

async function loaderFor(terminal: Terminal, { to, nodes, ctr }: Options): Promise<{ loader: Load; where: string }> {
  if (to !== undefined && !['kind', 'minikube', 'containerd'].includes(to))
    throw new Failure(`Nodes are kind, minikube or containerd, not "${to}".`, 'npm run images:load -- --help');
  const where = nodes.length === 0 ? 'this machine' : nodes.join(', ');
  if (to === 'containerd')
    return { loader: containerdLoader(terminal, { nodes, ctr }), where: `containerd of ${where}` };
  const context = await createKubectl(terminal).context();
  if (to === 'kind' || (to === undefined && context.startsWith('kind-'))) {
    const cluster = context.replace(/^kind-/, '');
    return { loader: kindLoader(terminal, cluster), where: `kind's cluster ${cluster}` };
  }
  if (to === 'minikube' || context === 'minikube')
    return { loader: minikubeLoader(terminal, context), where: `minikube's profile ${context}` };
  throw new Failure(
    `Context ${context} is neither kind's nor minikube's, so its nodes have to be named.`,
    'npm run images:load -- --to containerd --node USER@HOST',
  );
}
