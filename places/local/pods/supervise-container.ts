import { setTimeout as wait } from 'node:timers/promises';
import type { Container } from '../../../packages/mesh/manifests/kinds/typed.ts';
import { createBackOff } from './backoff.ts';
import { ContainerConfigError } from '../programs/env.ts';
import { watchProbes } from './probes.ts';
import type { Running } from '../processes/process.ts';
import { terminate } from './termination.ts';

/** What `get pods` calls the state of a pod's container. */
export type Reason =
  'ContainerCreating' | 'Running' | 'CrashLoopBackOff' | 'CreateContainerConfigError' | 'Terminating';

/** How a container is now. */
export interface ContainerState {
  reason: Reason;
  message: string | undefined;
  ready: boolean;
  restarts: number;
  startedAt: Date | undefined;
  running: Running | undefined;
}

/** A container that has not begun. */
export const UNBORN: ContainerState = {
  reason: 'ContainerCreating',
  message: undefined,
  ready: false,
  restarts: 0,
  startedAt: undefined,
  running: undefined,
};

export interface LivesOptions {
  /** Says how it is probed. */
  container: Container;
  /** The loopback port of a container port. */
  hostPort(containerPort: number): number;
  /** Starts the container for its n-th life (0 first). Throws ContainerConfigError when something it needs is not there. */
  launch(life: number): Promise<Running>;
  change(state: Partial<ContainerState>): void;
  graceMs: number;
  /** From then on nobody is waited for long. */
  hurry: AbortSignal;
}

/** A container that is started again whenever it ends. */
export interface Lives {
  /** Ends it for good: the preStop sleep (in ms), SIGTERM, and SIGKILL after the grace period. */
  end(sleepMs: number): Promise<void>;
}

/** Begins the first life; each is probed, and what is found goes to `change`. */
export function beginLives(options: LivesOptions): Lives {
  const { change, graceMs, hurry } = options;
  const stopping = new AbortController();
  let running: Running | undefined;
  const over = live({
    ...options,
    stopping: stopping.signal,
    change(state) {
      if ('running' in state) running = state.running;
      change(state);
    },
  });
  return {
    async end(sleepMs) {
      stopping.abort();
      if (running) await terminate(running, { sleepMs, graceMs, hurry });
      await over;
    },
  };
}

type All = LivesOptions & { stopping: AbortSignal };

/** Lives of the container, one after the other, until the pod is stopped. */
async function live(all: All): Promise<void> {
  const { change, stopping } = all;
  const backOff = createBackOff();
  for (let life = 0; !stopping.aborted; life++) {
    const start = performance.now();
    const failure = await liveOnce(all, life);
    if (stopping.aborted) return;
    const pause = backOff.next(performance.now() - start);
    change({
      ready: false,
      running: undefined,
      restarts: life + 1,
      ...(failure ?? (pause > 0 ? { reason: 'CrashLoopBackOff' } : { reason: 'ContainerCreating' })),
    });
    await wait(pause, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  }
}

async function liveOnce(all: All, life: number): Promise<Partial<ContainerState> | undefined> {
  const { container, hostPort, launch, change, stopping, graceMs, hurry } = all;
  const over = new AbortController();
  try {
    const running = await launch(life);
    const kill = () => void terminate(running, { sleepMs: 0, graceMs, hurry });
    // The pod may have been stopped while its program was starting.
    if (stopping.aborted) kill();
    else change({ running, startedAt: new Date(), reason: 'Running', message: undefined });
    void watchProbes(
      { container, hostPort, check: running.check },
      {
        ready: (ready) => stopping.aborted || over.signal.aborted || change({ ready }),
        unhealthy: (message) => {
          change({ message });
          kill();
        },
        signal: AbortSignal.any([over.signal, stopping]),
      },
    );
    await running.exited;
    return undefined;
  } catch (error) {
    const reason = error instanceof ContainerConfigError ? 'CreateContainerConfigError' : 'CrashLoopBackOff';
    return { reason, message: (error as Error).message };
  } finally {
    over.abort();
  }
}
