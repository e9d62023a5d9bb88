import { Failure } from '../../failure.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';
import type { List, Pod } from '../kubectl/objects.ts';

const PROXY = 'istio-proxy';

/**
 * Checks that every pod of a namespace has its proxy, and gives a sentence with the number of each form: a native sidecar
 * (an init container that keeps running, Kubernetes 1.33 and later), a classic one, or a gateway, whose only container it
 * is. Throws Failure for pods without a proxy, such as those that are older than the namespace's label.
 */
export async function checkSidecars(kubectl: Kubectl, namespace: string): Promise<string> {
  const { items } = await kubectl.json<List<Pod>>('get', 'pods', '-n', namespace);
  const pods = items.filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
  );
  const isExcluded = ({ metadata }: Pod) => metadata.labels?.['sidecar.istio.io/inject'] === 'false';
  const injected = pods.filter((pod) => !isExcluded(pod));
  const bare = injected.filter((pod) => formOf(pod) === undefined).map(({ metadata }) => metadata.name);
  if (bare.length > 0)
    throw new Failure(
      `${bare.length} of ${injected.length} pods have no sidecar, so no rule of the mesh holds for them: ${bare.join(', ')}.`,
      `kubectl -n ${namespace} delete pod ${bare.join(' ')}`,
    );
  const forms = ['native', 'classic', 'gateway'].flatMap((form) => {
    const count = injected.filter((pod) => formOf(pod) === form).length;
    return count === 0 ? [] : [`${count} ${form}`];
  });
  const rest = pods.filter(isExcluded).map(({ metadata }) => metadata.name);
  return `${injected.length} of ${injected.length} pods have their proxy (${forms.join(', ')})${rest.length === 0 ? '' : `; without, as their label says: ${rest.join(', ')}`}`;
}

function formOf({ spec: { containers, initContainers = [] } }: Pod): 'native' | 'classic' | 'gateway' | undefined {
  if (initContainers.some(({ name }) => name === PROXY)) return 'native';
  if (!containers.some(({ name }) => name === PROXY)) return undefined;
  return containers.length === 1 ? 'gateway' : 'classic';
}
