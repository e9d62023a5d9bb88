import { setTimeout as wait } from 'node:timers/promises';
import type { Resource } from '../manifests/resource.ts';
import { statusOf } from './controller.ts';
import type { Pod } from './pod.ts';
import type { Runner } from './runner.ts';

const PATIENCE_MS = 120_000;
/** A program that could not even be started is not tried for two minutes. */
const TRIES = 3;

/** Waits until every workload has what its manifest asks for, saying what is missing. Throws with the reason when one cannot, or after two minutes. */
export async function allReady({ store, pods }: Runner, onProgress: (text: string) => void): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; ; await wait(20)) {
    const workloads = [...store.list({ kind: 'Deployment' }), ...store.list({ kind: 'StatefulSet' })];
    const waiting = workloads.filter(
      (workload) => (statusOf(workload, pods.of(workload)).readyReplicas ?? 0) < replicasOf(workload),
    );
    if (waiting.length === 0) return;
    const names = waiting.map(({ metadata }) => metadata.name).join(', ');
    onProgress(`waiting for ${names}`);
    const hopeless = pods.all().find((pod) => isHopeless(pod));
    if (hopeless) throw new Error(`${hopeless.name} cannot start: ${hopeless.message}`);
    if (performance.now() > until)
      throw new Error(`Not ready after two minutes: ${names}. ${reasons(waiting.flatMap((one) => pods.of(one)))}`);
  }
}

function isHopeless({ reason, message, restarts, running }: Pod): boolean {
  return message !== undefined && !running && (reason === 'CreateContainerConfigError' || restarts >= TRIES);
}

function reasons(pods: Pod[]): string {
  return pods.map((pod) => `${pod.name}: ${pod.message ?? pod.reason}`).join('; ');
}

/** How many pods a workload asks for. */
export function replicasOf(workload: Resource): number {
  return (workload.body['spec'] as { replicas?: number }).replicas ?? 1;
}
