import type { Cli } from '../cli.ts';
import { Failure } from '../../places/failure.ts';
import { type KubeObject, matches, type PodObject, type WorkloadObject } from './objects.ts';
import { fetchOne, findOne, notFound, parseSlashed } from './reference.ts';

/** The kinds whose name alone, without the kind, means their pods. */
const WORKLOADS = ['Deployment', 'StatefulSet'] as const;

/**
 * The pod that a word means: a pod's name, `KIND/NAME` of a pod, workload or Service, a workload's name, or the beginning of
 * one pod's name, in this order. Of several pods of one workload it takes a ready one and says so on stderr, as kubectl does.
 * Throws Failure where nothing matches, and where a word without a kind matches several: its sentence names them.
 */
export async function findPod(cli: Cli, word: string, namespace: string): Promise<PodObject> {
  if (word.includes('/')) {
    const named = parseSlashed(word);
    const found = await fetchOne(cli, named, namespace);
    return named.kind === 'Pod' ? (found as PodObject) : podOf(cli, found, namespace);
  }
  const pods = await podsIn(cli, namespace);
  const exact = pods.find(({ metadata }) => metadata.name === word);
  if (exact !== undefined) return exact;
  const workloads = await Promise.all(WORKLOADS.map((kind) => findOne(cli, { kind, name: word }, namespace)));
  const found = workloads.flatMap((workload) => workload ?? []);
  const owner = onlyOne(word, found);
  if (owner !== undefined) return podOf(cli, owner, namespace);
  const begun = pods.filter(({ metadata }) => metadata.name.startsWith(word));
  const pod = onlyOne(word, begun);
  if (pod === undefined) throw notFound({ kind: 'Pod', name: word });
  return pod;
}

const podsIn = (cli: Cli, namespace: string) => cli.api.get<PodObject[]>('/resources', { kind: 'Pod', namespace });

function onlyOne<T extends KubeObject>(word: string, found: readonly T[]): T | undefined {
  if (found.length <= 1) return found[0];
  const all = found.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  throw new Failure(`error: "${word}" is ambiguous, it could be ${all.slice(0, -1).join(', ')} or ${all.at(-1)}`);
}

async function podOf(cli: Cli, owner: KubeObject, namespace: string): Promise<PodObject> {
  const wanted = (owner as WorkloadObject).spec?.selector;
  const labels = owner.kind === 'Service' ? (wanted as Record<string, string> | undefined) : wanted?.matchLabels;
  const all = labels === undefined ? [] : await podsIn(cli, namespace);
  const pods = all.filter((pod) => matches(pod.metadata.labels, labels));
  const [pod] = pods.toSorted((a, b) => Number(isReady(b)) - Number(isReady(a)));
  if (pod === undefined) throw new Failure(`error: ${owner.kind.toLowerCase()}/${owner.metadata.name} has no pod now`);
  if (pods.length > 1) cli.err(`Found ${pods.length} pods, using pod/${pod.metadata.name}\n`);
  return pod;
}

/** Throws kubectl's sentence where a pod has no container of this name. */
export function checkContainer({ metadata: { name }, status }: PodObject, container: string): void {
  const all = (status.containerStatuses ?? []).map((one) => one.name);
  if (!all.includes(container))
    throw new Failure(`error: container ${container} is not valid for pod ${name}: it has ${all.join(', ')}`);
}

/** Whether a pod has containers, and all of them are ready. */
function isReady({ status }: PodObject): boolean {
  const containers = status.containerStatuses ?? [];
  return containers.length > 0 && containers.every((container) => container.ready);
}
