import { Failure } from '../../failure.ts';
import type { List, Meta } from '../kubectl/objects.ts';
import type { Check } from './check.ts';

interface StorageClass {
  metadata: Meta & { annotations?: Record<string, string> };
}

/** PostgreSQL's claim names no class, so one must be the default. kind, minikube and k3s have one; kubeadm does not. */
export const storage: Check = {
  title: 'storage',
  async look(kubectl) {
    const { items } = await kubectl.json<List<StorageClass>>('get', 'storageclasses');
    const chosen = items.find(
      ({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true',
    );
    if (chosen !== undefined) return `class ${chosen.metadata.name} is the default`;
    const [first] = items;
    throw new Failure(
      'No StorageClass is the default, so PostgreSQL would wait for its volume for ever.',
      first === undefined
        ? 'docs/kubernetes.md, "kubeadm" (a class has to be installed)'
        : `kubectl annotate storageclass ${first.metadata.name} storageclass.kubernetes.io/is-default-class=true`,
    );
  },
};
