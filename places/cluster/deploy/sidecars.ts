import { Failure } from '../../failure.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';
import type { List, Pod } from '../kubectl/objects.ts';

const PROXY = 'istio-proxy';

/**
 * Checks that every pod of a namespace has its proxy, and says how many have it in which form: a native sidecar (an init
 * container that keeps running, Kubernetes 1.33 and later), a classic one, or, for a gateway, as its only container.
 * Throws Failure for pods that came without, as those do that are older than the namespace's label.
 */
export async function checkSidecars(kubectl: Kubectl, namespace: string): Promise<string> {
  const { items } = await kubectl.json<List<Pod>>('get', 'pods', '-n', namespace);
  const pods = items.filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded',
  );
  const [asked, excused] = split(pods, ({ metadata }) => metadata.labels?.['sidecar.istio.io/inject'] !== 'false');
  const bare = asked.filter((pod) => formOf(pod) === undefined).map(({ metadata }) => metadata.name);
  if (bare.length > 0)
    throw new Failure(
      `${bare.length} of ${asked.length} pods have no sidecar, so no rule of the mesh holds for them: ${bare.join(', ')}.`,
      `kubectl -n ${namespace} delete pod ${bare.join(' ')}`,
    );
  const forms = ['native', 'classic', 'gateway'].flatMap((form) => {
    const count = asked.filter((pod) => formOf(pod) === form).length;
    return count === 0 ? [] : [`${count} ${form}`];
  });
  const rest = excused.map(({ metadata }) => metadata.name);
  return `${asked.length} of ${asked.length} pods have their proxy (${forms.join(', ')})${rest.length === 0 ? '' : `; without, as their label says: ${rest.join(', ')}`}`;
}

function formOf({ spec: { containers, initContainers = [] } }: Pod): 'native' | 'classic' | 'gateway' | undefined {
  if (initContainers.some(({ name }) => name === PROXY)) return 'native';
  if (!containers.some(({ name }) => name === PROXY)) return undefined;
  return containers.length === 1 ? 'gateway' : 'classic';
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}
