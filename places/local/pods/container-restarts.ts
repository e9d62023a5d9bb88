import { setTimeout as wait } from 'node:timers/promises';
import type { Container } from '@tuesday/mesh/manifests';
import { createBackOff } from './backoff.ts';
import { ContainerConfigError } from '../programs/env.ts';
import { watchProbes } from './probes.ts';
import type { RunningProgram } from '../processes/process.ts';
import { terminate } from './termination.ts';

/** The state of a pod's container, as in `kubectl get pods`. */
export type Reason =
  'ContainerCreating' | 'Running' | 'CrashLoopBackOff' | 'CreateContainerConfigError' | 'Terminating';

/** The present state of a container. */
export interface ContainerState {
  reason: Reason;
  message: string | undefined;
  ready: boolean;
  restarts: number;
  startedAt: Date | undefined;
  running: RunningProgram | undefined;
}

/** The state of a container before its first start. */
export const NOT_STARTED: ContainerState = {
  reason: 'ContainerCreating',
  message: undefined,
  ready: false,
  restarts: 0,
  startedAt: undefined,
  running: undefined,
};

export interface SuperviseOptions {
  /** Its probes are run. */
  container: Container;
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
 * Starts a container, runs its probes, and starts it again with a growing pause whenever it ends. Gives the function that
 * ends it for good: the preStop sleep (in ms), SIGTERM, and SIGKILL after the grace period.
 */
export function superviseContainer(options: SuperviseOptions): (sleepMs: number) => Promise<void> {
  const { change, graceMs, hurry } = options;
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
    if (running) await terminate(running, { sleepMs, graceMs, hurry });
    await ended;
  };
}

type Supervision = SuperviseOptions & { stopping: AbortSignal };

/** Runs the container again and again, until the pod is stopped. */
async function keepRunning(supervision: Supervision): Promise<void> {
  const { change, stopping } = supervision;
  const nextPause = createBackOff();
  for (let restarts = 0; !stopping.aborted; restarts++) {
    const start = performance.now();
    const failure = await runOnce(supervision, restarts);
    if (stopping.aborted) return;
    const pause = nextPause(performance.now() - start);
    change({
      ready: false,
      running: undefined,
      restarts: restarts + 1,
      ...(failure ?? (pause > 0 ? { reason: 'CrashLoopBackOff' } : { reason: 'ContainerCreating' })),
    });
    await wait(pause, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
}

/** Runs the container until it ends. Gives the state with the reason why it could not start; undefined when it ran. */
async function runOnce(supervision: Supervision, restarts: number): Promise<Partial<ContainerState> | undefined> {
  const { container, hostPort, launch, change, stopping, graceMs, hurry } = supervision;
  const ended = new AbortController();
  try {
    const running = await launch(restarts, stopping);
    const kill = () => void terminate(running, { sleepMs: 0, graceMs, hurry });
    // The pod may have been stopped while its program started.
    if (stopping.aborted) kill();
    else change({ running, startedAt: new Date(), reason: 'Running', message: undefined });
    void watchProbes(
      { container, hostPort, check: running.check },
      {
        ready: (ready) => stopping.aborted || ended.signal.aborted || change({ ready }),
        unhealthy: (message) => {
          change({ message });
          kill();
        },
        signal: AbortSignal.any([ended.signal, stopping]),
      },
    );
    await running.exited;
    return undefined;
  } catch (error) {
    const reason = error instanceof ContainerConfigError ? 'CreateContainerConfigError' : 'CrashLoopBackOff';
    return { reason, message: (error as Error).message };
  } finally {
    ended.abort();
  }
}
