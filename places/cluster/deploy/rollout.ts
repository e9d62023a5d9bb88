import { Failure } from '../../failure.ts';
import type { Kubectl } from '../kubectl/kubectl.ts';
import { isPod, isWorkload } from '../kubectl/objects.ts';
import type { List, KubeObject, Workload } from '../kubectl/objects.ts';
import { isReady, troubleOf } from './ready.ts';
import type { Trouble } from './ready.ts';
import type { Terminal } from '../terminal.ts';

const POLL_MS = 1_000;

/** How long a trouble may last before it is an error: an image may still be loading, and a first start may fail because the database does not run yet. */
const TROUBLE_MS = 20_000;

export interface RolloutOptions {
  kubectl: Kubectl;
  terminal: Terminal;
  /** Milliseconds for all workloads together. */
  timeout: number;
}

/**
 * Waits until all these workloads are ready, and prints a line after each change. Throws Failure when one of them has a
 * trouble that does not end by itself, or when the time is over.
 */
export async function waitForWorkloads(workloads: readonly Workload[], options: RolloutOptions): Promise<void> {
  const { kubectl, terminal, timeout } = options;
  const start = terminal.now();
  const seconds = () => `${Math.round((terminal.now() - start) / 1000)} s`.padStart(5);
  const since = new Map<string, number>();
  for (let printed = ''; ; await terminal.sleep(POLL_MS)) {
    const waiting = await unready(workloads, kubectl);
    const line = `${workloads.length - waiting.length} of ${workloads.length} ready${waiting.length === 0 ? '' : `; waiting for ${waiting.map(named).join(', ')}`}`;
    if (line !== printed) terminal.out(`${seconds()}  ${line}\n`);
    printed = line;
    if (waiting.length === 0) return;
    for (const { name, trouble } of waiting) {
      if (trouble === undefined) since.delete(name);
      else if (!since.has(name)) since.set(name, terminal.now());
      else if (terminal.now() - since.get(name)! >= TROUBLE_MS) throw new Failure(trouble.sentence, trouble.mend);
    }
    if (terminal.now() - start >= timeout) throw tooLate(waiting, timeout);
  }
}

interface Waiting {
  name: string;
  namespace: string;
  trouble: Trouble | undefined;
}

async function unready(workloads: readonly Workload[], kubectl: Kubectl): Promise<Waiting[]> {
  const namespaces = new Set(workloads.map(({ metadata }) => metadata.namespace ?? ''));
  const there: KubeObject[] = [];
  for (const namespace of namespaces)
    there.push(
      ...(await kubectl.json<List<KubeObject>>('get', 'deployments,statefulsets,pods', '-n', namespace)).items,
    );
  const pods = there.filter(isPod);
  return workloads.flatMap((workload) => {
    const { name, namespace = '' } = workload.metadata;
    const now = there
      .filter(isWorkload)
      .find((one) => one.kind === workload.kind && one.metadata.name === name && one.metadata.namespace === namespace);
    if (now !== undefined && isReady(now)) return [];
    return [{ name, namespace, trouble: now === undefined ? undefined : troubleOf(now, pods) }];
  });
}

function named({ name, trouble }: Waiting): string {
  return trouble === undefined ? name : `${name} (${trouble.reason})`;
}

function tooLate(waiting: readonly Waiting[], timeout: number): Failure {
  const [first] = waiting;
  return new Failure(
    `Not ready after ${timeout / 1000} s: ${waiting.map(named).join(', ')}.`,
    first?.trouble?.mend ?? `kubectl -n ${first?.namespace} get events --sort-by=.lastTimestamp   (it says why)`,
  );
}
