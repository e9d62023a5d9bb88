import { NAMESPACE } from '../../repository.ts';
import { Failure } from '../../failure.ts';
import { bytes, gibibytes, requested } from './quantities.ts';
import { hasCondition } from '../kubectl/objects.ts';
import type { Condition, List, Meta, Pod } from '../kubectl/objects.ts';
import type { Check } from './check.ts';

/**
 * The memory requests of k8s/overlays/local: 928 MiB for its containers, and 128 MiB for each of its eight sidecars with
 * Istio's default.
 */
export const NEEDED = 2 * 2 ** 30;

interface Node {
  metadata: Meta;
  spec?: { unschedulable?: boolean };
  status: { allocatable?: { memory?: string }; conditions?: Condition[] };
}

/** The nodes have room for the shop beside their other pods. The memory of a running shop counts as free. */
export const memory: Check = {
  title: 'memory',
  async look(kubectl) {
    const nodes = await kubectl.json<List<Node>>('get', 'nodes');
    const pods = await kubectl.json<List<Pod>>('get', 'pods', '-A');
    const open = nodes.items.filter(
      ({ spec, status }) => spec?.unschedulable !== true && hasCondition(status.conditions, 'Ready'),
    );
    const all = open.reduce((sum, { status }) => sum + bytes(status.allocatable?.memory), 0);
    const taken = pods.items
      .filter(({ metadata, status }) => !isOurs(metadata) && status.phase !== 'Succeeded' && status.phase !== 'Failed')
      .reduce((sum, pod) => sum + requested(pod), 0);
    if (all - taken < NEEDED)
      throw new Failure(
        `${gibibytes(Math.max(0, all - taken))} of memory can still be asked for on ${open.length} ready nodes, and the shop asks for ${gibibytes(NEEDED)}.`,
        more(await kubectl.context()),
      );
    return `${gibibytes(all - taken)} can be asked for, ${gibibytes(NEEDED)} are needed`;
  },
};

function isOurs({ namespace, labels }: Meta): boolean {
  return namespace === NAMESPACE || labels?.['app.kubernetes.io/name'] === 'jaeger';
}

/** A minikube has a fixed size; a node of kind has the size of Docker. */
function more(context: string): string {
  if (context === 'minikube') return 'minikube delete && minikube start --cpus=4 --memory=8g';
  return 'kubectl describe nodes   (it lists who asked for what)';
}
