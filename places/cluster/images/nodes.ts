import { Failure } from '../../failure.ts';
import type { Terminal } from '../terminal.ts';
import { createTool, sentence } from '../kubectl/tool.ts';

/** Loads images of the local Docker onto the nodes of a cluster. */
export type Load = (images: readonly string[]) => Promise<void>;

/** kind names its contexts kind-NAME. */
export function kindLoader(terminal: Terminal, cluster: string): Load {
  const kind = createTool('kind', terminal);
  return async (images) => {
    await kind.must(['load', 'docker-image', ...images, '--name', cluster], { mend: 'kind get clusters' });
  };
}

/** A profile of minikube has the name of its context. */
export function minikubeLoader(terminal: Terminal, profile: string): Load {
  const minikube = createTool('minikube', terminal);
  return async (images) => {
    for (const image of images)
      await minikube.must(['-p', profile, 'image', 'load', image], { mend: 'minikube profile list' });
  };
}

export interface ContainerdOptions {
  /** USER@HOST for ssh; an empty list is this machine. */
  nodes: readonly string[];
  /** The command of containerd's client on the node: "k3s ctr" for k3s. */
  ctr: string;
}

/** A node of kubeadm or k3s has no Docker: containerd takes Docker's archive, in the namespace that the kubelet looks into. */
export function containerdLoader(terminal: Terminal, { nodes, ctr }: ContainerdOptions): Load {
  const docker = createTool('docker', terminal);
  const words = ['sudo', ...ctr.split(' '), '-n', 'k8s.io', 'images', 'import', '-'];
  return async (images) => {
    for (const node of nodes.length === 0 ? [undefined] : nodes) {
      const [command = '', ...args] = node === undefined ? words : ['ssh', node, ...words];
      const save = docker.start(['save', ...images]);
      save.stdin.end();
      const importer = createTool(command, terminal);
      const load = importer.start(args); // it may end early: its stderr says why
      save.stdout.pipe(load.stdin);
      const loading = importer.ended(load);
      const stop = () => save.kill(); // without a reader, Docker would never end
      loading.then(({ code }) => code === 0 || stop(), stop);
      const [saved, loaded] = await Promise.all([docker.ended(save, ['stderr']), loading]);
      const failed = loaded.code === 0 ? saved : loaded;
      if (failed.code !== 0)
        throw new Failure(
          `The images did not get to ${node ?? 'this machine'}: ${sentence(failed.stderr)}`,
          `docker save ${images.join(' ')} | ${[command, ...args].join(' ')}   (by hand, to see why)`,
        );
    }
  };
}
