import { setTimeout as wait } from 'node:timers/promises';
import type { Plane, Store } from '@tuesday/mesh/control';
import { refusedAtStart } from '../changes/refused.ts';
import { Failure } from '../../failure.ts';
import { replicasOf } from './rollout.ts';
import type { Pod } from './pod.ts';
import { troublesOf } from './trouble.ts';
import type { Pods } from './pods.ts';

const TIMEOUT_MS = 120_000;
/** A pod whose container could not be created so often in a row counts as failed. */
const MOST_FAILURES = 4;

export interface ReadinessOptions {
  store: Store;
  pods: Pods;
  /** Undefined without a mesh. */
  plane: Pick<Plane, 'refusals'> | undefined;
  /** The folder of the pods' logs, for the sentence of a start that fails. */
  logs: string;
  /** Called repeatedly with a line about the workloads that are not ready. */
  onProgress(text: string): void;
}

/** Waits until every workload has as many ready pods as its manifest says. Throws Failure with the reason when one cannot start, when an Envoy refuses its configuration, or after two minutes. */
export async function waitForWorkloads({ store, pods, plane, logs, onProgress }: ReadinessOptions): Promise<void> {
  for (const until = performance.now() + TIMEOUT_MS; ; await wait(20)) {
    const workloads = [...store.list({ kind: 'Deployment' }), ...store.list({ kind: 'StatefulSet' })];
    const waiting = workloads.filter((workload) => pods.status(workload).readyReplicas < replicasOf(workload));
    const refused = refusedAtStart(plane?.refusals() ?? [], pods.all());
    if (refused) throw new Failure(refused);
    if (waiting.length === 0) return;
    const names = waiting.map(({ metadata }) => metadata.name).join(', ');
    onProgress(`waiting for ${names}`);
    const stuck = pods.all().find((pod) => cannotStart(pod));
    if (stuck) throw new Failure(`${stuck.name} cannot start: ${stuck.message ?? stuck.sidecar?.message}`);
    if (performance.now() < until) continue;
    const why = waiting
      .flatMap(pods.of)
      .flatMap((pod) => (pod.ready ? [] : [troublesOf(pod)[0] ?? `${pod.name}: ${pod.reason}, but not ready`]))
      .join('; ');
    throw new Failure(`Not ready after two minutes: ${names}. ${why}. Their logs say why: ${logs}`);
  }
}

/** A container that lacks a part of its configuration does not get it during the start. */
function cannotStart({ reason, failures, sidecar }: Pod): boolean {
  return reason === 'CreateContainerConfigError' || Math.max(failures, sidecar?.failures ?? 0) >= MOST_FAILURES;
}
