import { randomUUID } from 'node:crypto';
import type { PodTemplate } from '@tuesday/mesh/manifests';
import { errorOf, runInside } from '../boundary.ts';
import { NOT_STARTED } from './container-restarts.ts';
import { createEvents } from './events.ts';
import { startLife } from './life.ts';
import type { Pod } from './pod.ts';
import { nextPodAddress } from './pod-address.ts';
import type { ProxyFor } from './sandbox.ts';
import type { RunningProgram } from '../processes/process.ts';

export interface PodOptions {
  name: string;
  namespace: string;
  template: PodTemplate;
  owner: string;
  hash: string;
  /** Gives the Envoy that the mesh injects, if any. */
  proxyFor?: ProxyFor | undefined;
  /** Starts the container; `restarts` counts from 0; once `stopping` is aborted, a start that takes a while ends. Throws ContainerConfigError when something it needs is not there. */
  launch(pod: Pod, restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Called after every change of reason, ready, restarts, process or ports. */
  onChange(pod: Pod): void;
}

/**
 * Makes a pod, which then takes its ports and starts its containers by itself. Never throws: what fails in its life, at
 * whatever time, is an event of the pod, and what can be tried again is tried again with a growing pause.
 */
export function createPod({ proxyFor, launch, onChange, ...facts }: PodOptions): Pod {
  const { labels, annotations } = facts.template.metadata;
  const hurry = new AbortController();
  const events = createEvents();
  let stopped: Promise<void> | undefined;
  const pod: Pod = {
    ...NOT_STARTED,
    ...facts,
    uid: randomUUID(),
    ip: nextPodAddress(),
    labels,
    annotations,
    created: new Date(),
    events,
    ports: new Map(),
    proxy: undefined,
    appReady: false,
    sidecar: undefined,
    stop(options = {}) {
      if (options.hurry) hurry.abort();
      return (stopped ??= inside(end));
    },
  };
  const fault = (error: unknown) => events.add('Warning', 'FailedSync', `Error syncing pod: ${errorOf(error).message}`);
  const inside = <T>(work: () => T): T => runInside(fault, work);
  const change = (state: Partial<Pod>) => {
    Object.assign(pod, state);
    pod.ready = pod.appReady && (pod.sidecar?.ready ?? true) && pod.reason !== 'Terminating';
    onChange(pod);
  };
  const steps = inside(() =>
    startLife(pod, {
      proxyFor,
      hurry: hurry.signal,
      launch: (restarts, stopping) => launch(pod, restarts, stopping),
      change,
    }),
  );

  async function end(): Promise<void> {
    change({ reason: 'Terminating', appReady: false });
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        fault(error);
      }
    }
  }

  return pod;
}
