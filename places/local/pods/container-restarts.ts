import { setTimeout as wait } from 'node:timers/promises';
import type { Container } from '@tuesday/mesh/manifests';
import { createBackOff } from './backoff.ts';
import { errorOf } from '../boundary.ts';
import { ContainerConfigError } from '../programs/env.ts';
import type { PodEvents } from './events.ts';
import { watchProbes } from './probes.ts';
import type { RunningProgram } from '../processes/process.ts';
import { type Terminated, terminatedNow } from './terminated.ts';
import { terminate } from './termination.ts';

/** The state of a pod's container, as in `kubectl get pods`. */
export type Reason =
  | 'ContainerCreating'
  | 'Running'
  | Terminated['reason']
  | 'CrashLoopBackOff'
  | 'CreateContainerConfigError'
  | 'CreateContainerError'
  | 'Terminating';

/** The present state of a container. */
export interface ContainerState {
  reason: Reason;
  message: string | undefined;
  ready: boolean;
  /** How often it was started again; the run that follows a crash counts from its start on. */
  restarts: number;
  /** How often in a row it could not be created; such a try is no restart. */
  failures: number;
  startedAt: Date | undefined;
  running: RunningProgram | undefined;
  /** The run before the present one. */
  last: Terminated | undefined;
}

/** The state of a container before its first start. */
export const NOT_STARTED: ContainerState = {
  reason: 'ContainerCreating',
  message: undefined,
  ready: false,
  restarts: 0,
  failures: 0,
  startedAt: undefined,
  running: undefined,
  last: undefined,
};

export interface SuperviseOptions {
  /** Its probes are run. */
  container: Container;
  /** `NAME_NAMESPACE(UID)` of its pod, as a kubelet writes it. */
  pod: string;
  events: PodEvents;
  /** The loopback port of a container port. */
  hostPort(containerPort: number): number;
  /** Starts the container; `restarts` counts from 0; once `stopping` is aborted, a start that takes a while ends. Throws ContainerConfigError when something it needs is not there. */
  launch(restarts: number, stopping: AbortSignal): Promise<RunningProgram>;
  /** Called with the part of the state that has changed. */
  change(state: Partial<ContainerState>): void;
  /** terminationGracePeriodSeconds, in ms. */
  graceMs: number;
  /** Once aborted, the container gets a few seconds to end instead of its grace period. */
  hurry: AbortSignal;
}

/**
 * Starts a container, runs its probes, and starts it again with a growing pause whenever it ends or cannot be created. Gives
 * the function that ends it for good: the preStop sleep (in ms), SIGTERM, and SIGKILL after the grace period.
 */
export function superviseContainer(options: SuperviseOptions): (sleepMs: number) => Promise<void> {
  const { change, graceMs, hurry, events } = options;
  const stopping = new AbortController();
  let running: RunningProgram | undefined;
  const ended = keepRunning({
    ...options,
    stopping: stopping.signal,
    change(state) {
      if ('running' in state) running = state.running;
      change(state);
    },
  });
  return async (sleepMs) => {
    stopping.abort();
    if (running) await terminate(running, { sleepMs, graceMs, hurry, events });
    await ended;
  };
}

type Supervision = SuperviseOptions & { stopping: AbortSignal };

/** Runs the container again and again, until the pod is stopped. */
async function keepRunning(supervision: Supervision): Promise<void> {
  const { change, stopping, events, container, pod } = supervision;
  const nextPause = createBackOff();
  let nextTry = createBackOff();
  for (let [restarts, failures] = [0, 0]; !stopping.aborted;) {
    const { running, error } = await launched(supervision, restarts);
    if (running === undefined) {
      if (stopping.aborted) return;
      const reason = error instanceof ContainerConfigError ? 'CreateContainerConfigError' : 'CreateContainerError';
      const { message } = errorOf(error);
      events.add('Warning', 'Failed', `Error: ${message}`);
      change({ ready: false, running: undefined, reason, message, failures: ++failures });
      await pause(nextTry(0), stopping);
      continue;
    }
    [failures, nextTry] = [0, createBackOff()];
    const last = await runOnce(supervision, running, restarts++);
    if (stopping.aborted) return;
    const ms = nextPause(last.finishedAt.getTime() - last.startedAt.getTime());
    const message = `back-off ${ms / 1_000}s restarting failed container=${container.name} pod=${pod}`;
    if (ms > 0)
      events.add('Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${pod}`);
    change({
      ready: false,
      running: undefined,
      last,
      ...(ms > 0 ? { reason: 'CrashLoopBackOff', message } : { reason: last.reason, message: undefined }),
    });
    await pause(ms, stopping);
  }
}

/** The container's program; what was thrown where it could not be started. */
async function launched(
  { launch, stopping }: Supervision,
  restarts: number,
): Promise<{ running?: RunningProgram; error?: unknown }> {
  try {
    return { running: await launch(restarts, stopping) };
  } catch (error) {
    return { error };
  }
}

/** Waits until the container ends, while its probes run. */
async function runOnce(supervision: Supervision, running: RunningProgram, restarts: number): Promise<Terminated> {
  const { container, hostPort, change, stopping, graceMs, hurry, events } = supervision;
  const startedAt = new Date();
  const ended = new AbortController();
  const kill = () => void terminate(running, { sleepMs: 0, graceMs, hurry, events });
  // The pod may have been stopped while its program started.
  if (stopping.aborted) kill();
  else change({ running, startedAt, restarts, failures: 0, reason: 'Running', message: undefined });
  events.add('Normal', 'Started', `Started container ${container.name}`);
  void watchProbes(
    { container, hostPort, check: running.check },
    {
      ready: (ready) => stopping.aborted || ended.signal.aborted || change({ ready }),
      failed: (message) => events.add('Warning', 'Unhealthy', message),
      unhealthy(why) {
        events.add('Normal', 'Killing', `Container ${container.name} ${why}, will be restarted`);
        kill();
      },
      signal: AbortSignal.any([ended.signal, stopping]),
    },
  );
  const status = await running.exited;
  ended.abort();
  return terminatedNow(status, startedAt);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
