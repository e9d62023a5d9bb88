import { SERVICES, imageOf } from '../../repository.ts';
import { Failure } from '../../failure.ts';
import { createKubectl } from '../kubectl/kubectl.ts';
import { createTool } from '../kubectl/tool.ts';
import type { Terminal } from '../terminal.ts';
import { containerdLoader, kindLoader, minikubeLoader } from './nodes.ts';
import type { ContainerdOptions, Load } from './nodes.ts';

/** The images of our own services. */
export const IMAGES = SERVICES.map(imageOf);

export interface LoadOptions extends ContainerdOptions {
  /** `kind`, `minikube` or `containerd`; undefined to choose it by the context. */
  to: string | undefined;
}

/** Loads images of the local Docker onto the nodes of the current cluster. Throws Failure for an image that Docker does not have, and when a node cannot load it. */
export async function loadImages(terminal: Terminal, images: readonly string[], options: LoadOptions): Promise<void> {
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

async function loaderFor(
  terminal: Terminal,
  { to, nodes, ctr }: LoadOptions,
): Promise<{ loader: Load; where: string }> {
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
