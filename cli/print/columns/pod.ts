import type { ContainerStatus, KubeObject, PodObject } from '../../shop/objects.ts';
import { ageOf } from '../age.ts';
import { at } from '../../shop/objects.ts';
import { column, type Columns, NONE } from './columns.ts';

/** kubectl's columns of a Pod. Source: kubernetes/pkg/printers/internalversion, printPod. */
export const POD: Columns = [
  column('READY', (pod) => containersReady([pod])),
  column('STATUS', podStatus),
  { title: 'RESTARTS', value: printRestarts },
];

export const POD_WIDE: Columns = [
  column('IP', (pod) => (pod as PodObject).status?.podIP ?? NONE, true),
  column('NODE', (pod) => `${at(pod, 'spec', 'nodeName') ?? NONE}`, true),
  column('NOMINATED NODE', () => NONE, true),
  column('READINESS GATES', () => NONE, true),
];

/** `2/2`: ready containers of the pods, and all containers; a sidecar is one of them. */
export function containersReady(pods: readonly KubeObject[]): string {
  const all = pods.flatMap(statuses);
  return `${all.filter(({ ready }) => ready).length}/${all.length}`;
}

/** The text under STATUS: Terminating, or why a container waits or ended, or the phase. */
export function podStatus(pod: KubeObject): string {
  if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) return 'Terminating';
  const reasons = statuses(pod).flatMap(({ state }) => [state?.['waiting']?.reason, ended(state?.['terminated'])]);
  return reasons.find((reason) => reason !== undefined) ?? (pod as PodObject).status?.phase ?? 'Unknown';
}

/** `2 (30s ago)`: restarts of all containers, and when the newest of their earlier runs ended. */
function printRestarts(pod: KubeObject, now: number): string {
  const count = statuses(pod).reduce((sum, one) => sum + one.restartCount, 0);
  const ends = statuses(pod).flatMap(({ lastState }) => lastState?.['terminated']?.finishedAt ?? []);
  return count === 0 || ends.length === 0 ? `${count}` : `${count} (${ageOf(ends.sort().at(-1), now)} ago)`;
}

function ended(state: { reason?: string; exitCode?: number } | undefined): string | undefined {
  return state === undefined ? undefined : (state.reason ?? (state.exitCode === 0 ? 'Completed' : 'Error'));
}

function statuses(pod: KubeObject): ContainerStatus[] {
  return (pod as PodObject).status?.containerStatuses ?? [];
}
